package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"tarjoman/tm/workbench"
)

// A route says who comes as far as the handler. The workbench decides again, in
// the transaction of the change.
type route struct {
	method  string
	path    string
	handler func(*visit) error
	who     access
	body    int64 // most bytes of the body; 0 for smallBody
}

// table lists every route.
func (s *Server) table() []route {
	const (
		get, post, put = http.MethodGet, http.MethodPost, http.MethodPut
		see, translate = workbench.See, workbench.Translate
		review, manage = workbench.Review, workbench.ManageProject
		upload, remove = workbench.UploadFiles, workbench.DeleteDocument
		download       = workbench.Download
		memories       = workbench.ManageMemories
		exportUnits    = workbench.ExportUnits
		units, terms   = workbench.EditUnits, workbench.EditTerms
		propose        = workbench.ProposeTerms
		project        = "/projects/:project"
		document       = project + "/documents/:document"
		segment        = document + "/segments/:segment"
		analysis       = project + "/analyses/:analysis"
		memory         = project + "/memories/:memory"
		glossary       = project + "/glossaries/:glossary"
		concept        = glossary + "/concepts/:concept"
	)
	return []route{
		// the process
		{get, "/healthz", s.alive, anyone, 0},
		{get, "/readyz", s.ready, anyone, 0},
		{get, "/assets/*path", s.serveAsset, anyone, 0},

		// the door
		{get, "/login", s.showLogin, anyone, 0},
		{post, "/login", s.login, anyone, 0},
		{post, "/logout", s.logout, person, 0},
		{get, "/setup/:token", s.showSetup, anyone, 0},
		{post, "/setup/:token", s.setup, anyone, 0},
		{get, "/password/:token", s.showPasswordLink, anyone, 0},
		{post, "/password/:token", s.usePasswordLink, anyone, 0},
		{post, "/language", s.chooseLanguage, anyone, 0},

		// the account
		{get, "/account", s.showAccount, person, 0},
		{post, "/account", s.saveAccount, person, 0},
		{post, "/account/password", s.changePassword, person, 0},
		{post, "/account/sessions/end", s.endOtherSessions, person, 0},
		{post, "/account/sessions/end/:session", s.endSession, person, 0},

		// help
		{get, "/help/matches", s.showMatchHelp, person, 0},

		// the instance
		{get, "/admin/accounts", s.listAccounts, admin, 0},
		{post, "/admin/accounts", s.addAccount, admin, 0},
		{post, "/admin/accounts/:account/disable", s.disableAccount, admin, 0},
		{post, "/admin/accounts/:account/enable", s.enableAccount, admin, 0},
		{post, "/admin/accounts/:account/link", s.makePasswordLink, admin, 0},
		{get, "/admin/activity", s.instanceActivity, admin, 0},

		// projects
		{get, "/", s.home, person, 0},
		{get, "/projects", s.listProjects, person, 0},
		{post, "/projects", s.createProject, person, 0},
		{get, "/projects/new", s.newProject, person, 0},
		{get, "/projects/trash", s.projectTrash, person, 0},
		{post, "/projects/trash/:project/restore", s.restoreProject, person, 0},
		{get, project, s.showProject, see, 0},
		{get, project + "/settings", s.showSettings, manage, 0},
		{post, project + "/settings", s.saveSettings, manage, 0},
		{get, project + "/rules", s.downloadRules, manage, 0},
		{post, project + "/rules", s.uploadRules, manage, uploadBody},
		{post, project + "/rules/reset", s.resetRules, manage, 0},
		{post, project + "/archive", s.archiveProject, manage, 0},
		{post, project + "/delete", s.deleteProject, manage, 0},
		{get, project + "/activity", s.projectActivity, manage, 0},
		{get, project + "/members", s.listMembers, see, 0},
		{post, project + "/members", s.addMember, manage, 0},
		{post, project + "/members/:account", s.setMember, manage, 0},
		{post, project + "/members/:account/remove", s.removeMember, manage, 0},
		{get, project + "/jobs", s.listJobs, see, 0},
		{get, project + "/jobs/:job", s.showJob, see, 0},
		{post, project + "/jobs/:job/cancel", s.cancelJob, memories, 0},

		// documents
		{post, project + "/documents", s.upload, upload, uploadBody},
		{get, project + "/documents/trash", s.documentTrash, remove, 0},
		{get, document, s.showEditor, see, 0},
		{get, document + "/issues", s.listIssues, see, 0},
		{get, document + "/typography", s.previewTypography, translate, 0},
		{post, document + "/typography", s.fixTypography, translate, 0},
		{post, document + "/changes/:change/undo", s.undo, translate, 0},
		{get, document + "/original", s.original, download, 0},
		{get, document + "/export", s.export, download, 0},
		{post, document + "/rename", s.renameDocument, remove, 0},
		{post, document + "/date", s.dateDocument, remove, 0},
		{post, document + "/delete", s.deleteDocument, remove, 0},
		{post, document + "/restore", s.restoreDocument, remove, 0},
		{post, document + "/pretranslate", s.pretranslate, translate, 0},

		// analyses
		{get, project + "/analyses", s.listAnalyses, see, 0},
		{post, project + "/analyses", s.startAnalysis, translate, 0},
		{get, analysis, s.showAnalysis, see, 0},
		{get, analysis + "/export", s.exportAnalysis, see, 0},
		{post, analysis + "/delete", s.deleteAnalysis, manage, 0},

		// the segment editor, JSON
		{get, document + "/segments", s.segments, see, 0},
		{get, document + "/concordance", s.concordance, see, 0},
		{get, document + "/terms", s.lookUpTerms, see, 0},
		{get, document + "/terms/complete", s.completeTerms, see, 0},
		{get, segment + "/assist", s.assist, see, 0},
		{get, segment + "/terms", s.draftTerm, propose, 0},
		{post, segment + "/terms", s.addTerm, propose, 0},
		{get, segment + "/fragments", s.fragments, see, 0},
		{get, segment + "/history", s.history, see, 0},
		{put, segment, s.saveSegment, translate, 0},
		{post, segment + "/approve", s.approve, review, 0},
		{post, segment + "/reject", s.reject, review, 0},
		{post, segment + "/reopen", s.reopen, review, 0},
		{post, segment + "/restore", s.restoreVersion, translate, 0},
		{post, segment + "/dismiss", s.dismiss, translate, 0},
		{post, segment + "/split", s.split, translate, 0},
		{post, segment + "/merge", s.merge, translate, 0},

		// memories
		{get, project + "/memories", s.listMemories, see, 0},
		{post, project + "/memories", s.createMemory, memories, 0},
		{post, project + "/memories/link", s.linkMemory, memories, 0},
		{get, memory, s.browseMemory, see, 0},
		{post, memory, s.setMemory, memories, 0},
		{post, memory + "/rename", s.renameMemory, memories, 0},
		{post, memory + "/unlink", s.unlinkMemory, memories, 0},
		{post, memory + "/delete", s.deleteMemory, memories, 0},
		{post, memory + "/restore", s.restoreMemory, memories, 0},
		{post, memory + "/import", s.importMemory, memories, memoryBody},
		{get, memory + "/export", s.exportMemory, exportUnits, 0},
		{get, memory + "/statistics", s.memoryStats, see, 0},
		{post, memory + "/change/preview", s.previewUnits, units, 0},
		{post, memory + "/change", s.changeUnits, units, 0},
		{get, memory + "/changes", s.listUnitChanges, see, 0},
		{post, memory + "/changes/:change/undo", s.undoUnits, units, 0},
		{get, memory + "/units/:unit", s.showUnit, see, 0},
		{post, memory + "/units/:unit", s.editUnit, units, 0},
		{post, memory + "/units/:unit/tags", s.tagUnit, units, 0},
		{post, memory + "/units/:unit/revert", s.revertUnit, units, 0},
		{post, memory + "/units/:unit/delete", s.deleteUnit, units, 0},
		{post, memory + "/units/:unit/restore", s.restoreUnit, units, 0},

		// glossaries
		{get, project + "/glossaries", s.listGlossaries, see, 0},
		{post, project + "/glossaries", s.createGlossary, manage, 0},
		{post, project + "/glossaries/link", s.linkGlossary, manage, 0},
		{get, project + "/names", s.listNames, see, 0},
		{get, project + "/names/merge", s.showNameMerge, propose, 0},
		{post, project + "/names/merge", s.mergeNames, propose, 0},
		{get, document + "/extraction", s.termsInDocument, propose, 0},
		{get, memory + "/extraction", s.termsInMemory, propose, 0},
		{post, project + "/extraction", s.acceptTerms, propose, 0},
		{post, project + "/extraction/reject", s.rejectTerm, propose, 0},
		{post, project + "/exchanges/:exchange/undo", s.undoExchange, terms, 0},
		{get, glossary, s.browseGlossary, see, 0},
		{post, glossary + "/rename", s.renameGlossary, manage, 0},
		{post, glossary + "/move", s.moveGlossary, manage, 0},
		{post, glossary + "/unlink", s.unlinkGlossary, manage, 0},
		{post, glossary + "/delete", s.deleteGlossary, manage, 0},
		{post, glossary + "/restore", s.restoreGlossary, manage, 0},
		{post, glossary + "/preview", s.previewGlossary, terms, uploadBody},
		{post, glossary + "/import", s.importGlossary, terms, uploadBody},
		{get, glossary + "/export", s.exportGlossary, terms, 0},
		{post, glossary + "/changes/:change/undo", s.undoGlossary, terms, 0},
		{get, glossary + "/merge", s.showMerge, terms, 0},
		{post, glossary + "/merge", s.mergeConcepts, terms, 0},
		{post, glossary + "/concepts", s.addConcept, terms, 0},
		{get, glossary + "/concepts/new", s.newConcept, propose, 0},
		{get, concept, s.showConcept, see, 0},
		{post, concept, s.saveConcept, terms, 0},
		{post, concept + "/delete", s.deleteConcept, terms, 0},
		{post, concept + "/restore", s.restoreConcept, terms, 0},
		{post, concept + "/revert", s.revertConcept, terms, 0},
		{get, concept + "/use", s.showUse, see, 0},
		{get, concept + "/exchange", s.showExchange, terms, 0},
		{post, concept + "/exchange", s.exchangeTerm, terms, 0},

		// proposals for terms, and what was let pass in spite of them
		{post, glossary + "/proposals", s.propose, propose, 0},
		{get, project + "/proposals", s.listProposals, propose, 0},
		{get, project + "/proposals/:proposal", s.showProposal, terms, 0},
		{post, project + "/proposals/:proposal/approve", s.approveProposal, terms, 0},
		{post, project + "/proposals/:proposal/reject", s.rejectProposal, terms, 0},
		{post, project + "/proposals/:proposal/withdraw", s.withdrawProposal, propose, 0},
		{get, project + "/exceptions", s.showExceptions, review, 0},
	}
}

// engine builds the router from the table.
func (s *Server) engine() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.RedirectTrailingSlash = false
	e.HandleMethodNotAllowed = true
	if err := e.SetTrustedProxies(nil); err != nil {
		panic(err) // nil is always valid
	}
	e.Use(s.recovery)
	for _, r := range s.routes {
		e.Handle(r.method, r.path, s.handle(r))
	}
	e.NoRoute(s.answer(errNotFound))
	e.NoMethod(s.answer(errMethod))
	return e
}
