package workbench

import "tarjoman/tm/format"

// Formats describes the document formats that can be imported.
func (w *Workbench) Formats() []format.Info {
	infos := make([]format.Info, len(w.formats))
	for i, f := range w.formats {
		infos[i] = f.Info()
	}
	return infos
}
