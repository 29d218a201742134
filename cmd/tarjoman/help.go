package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

// help prints the help of the command that was selected, in the language of
// a.p; kong's own printer speaks English only.
func (a *app) help(_ kong.HelpOptions, ctx *kong.Context) error {
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
	}
	fmt.Fprintf(a.out, "%s %s\n\n%s\n", a.p.T("cli.help.usage"), usage(node), a.p.T(helpKey("command", nodeName(node))))
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	a.helpArguments(table, node)
	a.helpCommands(table, node)
	a.helpFlags(table, node)
	return table.Flush()
}

func usage(node *kong.Node) string {
	words := []string{node.FullPath()}
	for _, arg := range node.Positional {
		words = append(words, arg.Summary())
	}
	if len(node.Children) > 0 {
		words = append(words, "COMMAND")
	}
	return strings.Join(append(words, "[--…]"), " ")
}

func (a *app) helpArguments(w io.Writer, node *kong.Node) {
	if len(node.Positional) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", a.p.T("cli.help.arguments"))
	for _, arg := range node.Positional {
		fmt.Fprintf(w, "  %s\t%s\n", arg.Summary(), a.p.T(helpKey("argument", arg.Name)))
	}
}

func (a *app) helpCommands(w io.Writer, node *kong.Node) {
	if len(node.Children) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", a.p.T("cli.help.commands"))
	for _, leaf := range node.Leaves(true) {
		fmt.Fprintf(w, "  %s\t%s\n", leaf.Path(), a.p.T(helpKey("command", leaf.Path())))
	}
}

func (a *app) helpFlags(w io.Writer, node *kong.Node) {
	fmt.Fprintf(w, "\n%s\n", a.p.T("cli.help.flags"))
	for _, group := range node.AllFlags(true) {
		for _, flag := range group {
			fmt.Fprintf(w, "  %s\t%s\n", flag.String(), a.p.T(a.flagKey(node, flag))+a.helpSources(flag))
		}
	}
}

// flagKey names the sentence of a flag: that of the command alone, when there is
// one.
func (a *app) flagKey(node *kong.Node, flag *kong.Flag) string {
	if own := helpKey("flag", nodeName(node)+" "+flag.Name); a.p.Has(own) {
		return own
	}
	return helpKey("flag", flag.Name)
}

// nodeName is the command as it is typed, or the name of the program.
func nodeName(node *kong.Node) string {
	if path := node.Path(); path != "" {
		return path
	}
	return node.Name
}

// helpSources tells where else the value of a flag comes from.
func (a *app) helpSources(flag *kong.Flag) string {
	var sources []string
	if len(flag.Envs) > 0 {
		sources = append(sources, "$"+strings.Join(flag.Envs, ", $"))
	}
	if flag.HasDefault && flag.Default != "" {
		sources = append(sources, a.p.T("cli.help.default", "value", verbatim(flag.Default)))
	}
	if flag.Required {
		sources = append(sources, a.p.T("cli.help.required"))
	}
	if len(sources) == 0 {
		return ""
	}
	return " (" + strings.Join(sources, "; ") + ")"
}

// helpKey names the sentence of a command, flag or argument: "memory match" has
// cli.help.command.memory_match. The program itself is cli.help.command.tarjoman.
func helpKey(kind, name string) string {
	return "cli.help." + kind + "." + strings.NewReplacer(" ", "_", "-", "_").Replace(name)
}
