// A server for trying and testing the editor without the real one: everything
// in memory, with delays and failures on demand. node mock.mjs [port]
//
// A page is /edit/{document}?locale=fa&pair=fa-en&n=5000&edit=1&review=1; every
// document name starts a new document. POST /docs/{document}/control sets
// {delay, status, times, retryAfter, drop}; POST …/other writes as somebody else.
import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { plain, sentence, withCodes } from "./news.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "../..");
const types = { ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };
const docs = new Map();

/** Starts the server; port 0 takes a free one. */
export function startMock(port = 0) {
  const server = createServer((req, res) => void handle(req, res).catch((error) => json(res, 500, { code: "internal", message: String(error) })));
  return new Promise((done) => server.listen(port, "127.0.0.1", () => done({ server, url: `http://127.0.0.1:${server.address().port}`, docs })));
}

async function handle(req, res) {
  const url = new URL(req.url, "http://mock");
  const [, room, name, ...rest] = url.pathname.split("/");
  if (room === "edit") return page(res, name, url.searchParams);
  if (url.pathname === "/favicon.ico") return res.writeHead(204).end();
  if (room === "dist" || room === "assets") return file(res, url.pathname.replace("/assets/fonts/", "/dist/fonts/"));
  const doc = docs.get(name);
  if (room !== "docs" || !doc) return json(res, 404, { code: "not_found", message: "Nothing here." });
  const body = req.method === "GET" ? {} : JSON.parse((await read(req)) || "{}");
  if (rest[0] === "control") return json(res, 200, Object.assign(doc.control, body));
  if (rest[0] === "other") return json(res, 200, change(doc, doc.segments.find((s) => s.id === body.id), { target: plain(body.text), state: "draft", author: "Parvin" }, "save"));
  if (rest[0] === "join") return json(res, 200, merge(doc, doc.segments.find((s) => s.id === body.id)));
  if (rest[0] === "state") return json(res, 200, { log: doc.log, segments: doc.segments });
  await api(req, res, doc, url, rest, body);
}

async function api(req, res, doc, url, rest, body) {
  const { control } = doc;
  if (control.delay) await new Promise((done) => setTimeout(done, control.delay));
  if (control.drop && req.method !== "GET") return res.destroy();
  if (control.status && control.times !== 0 && (req.method !== "GET" || control.all)) {
    if (control.times) control.times--;
    if (control.retryAfter) res.setHeader("Retry-After", String(control.retryAfter));
    return json(res, control.status, { code: "mock", message: control.status === 401 ? "" : "The mock server was told to fail." });
  }
  const segment = doc.segments.find((s) => s.id === Number(rest[1]));
  if (rest[0] === "changes") return json(res, 200, { segments: undo(doc, Number(rest[1])) });
  if (rest[0] === "concordance") return json(res, 200, concordance(doc, url.searchParams));
  if (rest[0] === "terms") return json(res, 200, rest[1] === "complete" ? complete(doc, url.searchParams) : lookUp(url.searchParams));
  if (rest[0] === "typography") return typography(req, res, doc, body);
  if (rest[0] !== "segments") return json(res, 404, { code: "not_found", message: "Nothing here." });
  if (rest.length === 1) return json(res, 200, { seq: doc.seq, segments: doc.segments.filter((s) => (doc.changed.get(s.id) ?? 0) > Number(url.searchParams.get("since") ?? -1)) });
  if (rest[2] === "fragments") return json(res, 200, fragments(doc, segment));
  if (rest[2] === "assist") return json(res, 200, assist(doc, segment));
  if (rest[2] === "history") return json(res, 200, { versions: [...(doc.history.get(segment.id) ?? [])].reverse() });
  if (segment.revision !== body.revision) return json(res, 409, { code: "segment.stale", message: "Changed meanwhile.", current: segment });
  return write(res, doc, segment, rest[2] ?? "save", body);
}

function write(res, doc, segment, action, body) {
  const issues = (target) => check(doc, segment, target);
  if (action === "save") {
    const found = issues(body.target);
    doc.log.push({ id: segment.id, state: body.state, text: body.target.text });
    change(doc, segment, { target: body.target, state: body.state, author: "Me", filled: body.filled, filledBy: body.filledBy, reason: "", ...counts(found) }, body.state === "draft" ? "save" : "confirm");
    const filled = body.state === "translated" ? propagate(doc, segment) : [];
    return json(res, 200, { segment, issues: found, propagated: filled, change: filled.length ? doc.undo.length : 0 });
  }
  if (action === "approve") {
    const found = issues(segment.target).filter((i) => i.severity === "error");
    if (found.length > 0 && !body.override) return json(res, 422, { code: "segment.errors", message: "Errors stand in the way.", issues: found });
    change(doc, segment, { state: "approved", reason: "" }, "approve", body.override);
  } else if (action === "reject") change(doc, segment, { state: "rejected", reason: body.reason }, "reject", body.reason);
  else if (action === "dismiss") decide(doc, segment, body);
  else if (action === "split" || action === "merge") {
    if (action === "split") split(doc, segment, body.at);
    else merge(doc, segment);
    return json(res, 200, { seq: doc.seq, segments: doc.segments });
  } else if (action === "reopen") change(doc, segment, { state: "translated" }, "reopen");
  else if (action === "restore") change(doc, segment, { target: doc.history.get(segment.id).find((v) => v.revision === body.version).target, state: "draft" }, "restore");
  json(res, 200, { segment, issues: issues(segment.target), propagated: [], change: 0 });
}

function change(doc, segment, fields, action, reason = "") {
  const before = segment.target.text;
  Object.assign(segment, fields, { revision: segment.revision + 1, changed: new Date().toISOString() });
  doc.changed.set(segment.id, ++doc.seq);
  const diff = before === segment.target.text ? [{ kind: "same", text: before }] : [{ kind: "deleted", text: before }, { kind: "inserted", text: segment.target.text }].filter((d) => d.text);
  const list = doc.history.get(segment.id) ?? [];
  list.push({ revision: segment.revision, at: segment.changed, author: segment.author, state: segment.state, action, target: segment.target, reason, diff });
  doc.history.set(segment.id, list);
  return segment;
}

/** Lets an issue be for the present text, or takes that back. */
function decide(doc, segment, { code, side, start, end, reason }) {
  const key = [segment.id, code, side, segment.target.text.slice(start, end)].join(" ");
  if (reason === "") doc.dismissed.delete(key);
  else doc.dismissed.set(key, { text: segment.target.text, reason });
  Object.assign(segment, counts(check(doc, segment, segment.target)));
  doc.changed.set(segment.id, ++doc.seq);
}

const counts = (issues) => {
  const count = (severity) => issues.filter((i) => i.severity === severity && !i.dismissed).length;
  return { errors: count("error"), warnings: count("warning") };
};

function split(doc, segment, at) {
  const text = segment.source.text;
  const second = { ...structuredClone(segment), id: doc.nextID++, revision: 0, source: plain(text.slice(at).trim()), target: plain(""), state: "new" };
  renumber(doc, doc.segments.flatMap((s) => (s === segment ? [s, second] : [s])));
  change(doc, segment, { source: plain(text.slice(0, at).trim()), state: segment.target.text ? "draft" : "new" }, "split");
}

function merge(doc, segment) {
  const next = doc.segments[segment.index + 1];
  renumber(doc, doc.segments.filter((s) => s !== next));
  const target = plain([segment.target.text, next.target.text].filter(Boolean).join(" "));
  return change(doc, segment, { source: plain(`${segment.source.text} ${next.source.text}`), target, state: target.text ? "draft" : "new" }, "merge");
}

function renumber(doc, segments) {
  doc.seq++;
  segments.forEach((s, index) => {
    if (s.index !== index || !doc.segments.includes(s)) doc.changed.set(s.id, doc.seq);
    s.index = index;
  });
  doc.segments = segments;
}

/** The one rule it knows: no two spaces in a row. */
function typography(req, res, doc, body) {
  const mend = (text) => text.replace(/ {2,}/g, " ");
  const wrong = doc.segments.filter((s) => s.state !== "approved" && mend(s.target.text) !== s.target.text);
  const diff = (s) => [{ kind: "deleted", text: s.target.text }, { kind: "inserted", text: mend(s.target.text) }];
  if (req.method === "GET") return json(res, 200, { fixes: wrong.map((s) => ({ id: s.id, index: s.index, revision: s.revision, diff: diff(s) })) });
  const chosen = wrong.filter((s) => body.segments.some((c) => c.id === s.id && c.revision === s.revision));
  doc.undo.push(chosen.map((s) => ({ id: s.id, target: s.target, state: s.state })));
  json(res, 200, { segments: chosen.map((s) => change(doc, s, { target: plain(mend(s.target.text)) }, "typography")), change: doc.undo.length });
}

function propagate(doc, segment) {
  const same = doc.segments.filter((s) => s !== segment && s.state === "new" && s.source.text === segment.source.text);
  doc.undo.push(same.map((s) => ({ id: s.id, target: plain(""), state: "new" })));
  return same.map((s) => change(doc, s, { target: segment.target, state: "draft", filled: 100, filledBy: "repetition" }, "propagate"));
}

function undo(doc, number) {
  return (doc.undo[number - 1] ?? []).map(({ id, ...before }) => change(doc, doc.segments.find((s) => s.id === id), { ...before, filled: 0, filledBy: "" }, "undo"));
}

/** Three rough checks: a forbidden word with its fix, Latin signs, and a text much shorter than its source. */
function check(doc, segment, target) {
  const issues = [];
  const find = (word, issue) => {
    const start = target.text.indexOf(word);
    const decided = start < 0 ? undefined : doc.dismissed.get([segment.id, issue.code, "target", word].join(" "));
    if (start >= 0) issues.push({ side: "target", start, end: start + word.length, dismissed: decided?.text === target.text ? decided.reason : "", ...issue });
  };
  find("سندیکای", { code: "glossary_forbidden", severity: "error", message: doc.locale === "fa" ? "«سندیکا» مجاز نیست؛ واژهٔ مصوب «اتحادیه» است." : "“سندیکا” is forbidden; the approved term is “اتحادیه”.", fix: "اتحادیهٔ" });
  find("?", doc.pair === "en-fa" ? { code: "latin_question", severity: "warning", message: doc.locale === "fa" ? "علامت سؤال لاتین در متن فارسی آمده است." : "A Latin question mark stands in Persian text.", fix: "؟" } : { severity: "info", code: "none", message: "A question." });
  if (doc.pair === "en-fa") find(",", { code: "latin_comma", severity: "warning", message: doc.locale === "fa" ? "ویرگول لاتین در متن فارسی آمده است." : "A Latin comma stands in Persian text.", fix: "،" });
  if (doc.control.length && target.text.length < segment.source.text.length / 3) issues.push({ code: "length", severity: "error", side: "target", start: 0, end: target.text.length, message: "Much shorter than the source.", dismissed: "" });
  return issues;
}

function assist(doc, segment) {
  const [en, persian] = doc.sentenceOf(segment);
  const other = doc.pair === "en-fa" ? persian : en;
  const base = { unit: 1, raw: 100, penalties: [], diff: [{ kind: "same", text: segment.source.text }], source: plain(segment.source.text), memory: "News 2024–2026", author: "Parvin", changed: "2026-03-04T09:20:00Z", document: "budget-debate.docx", state: "approved" };
  const target = segment.source.codes.length ? withCodes(other, segment.source.codes.length > 2) : plain(other);
  const words = segment.source.text.split(" ");
  const fuzzy = { ...base, kind: "fuzzy", score: 84, raw: 88, state: "translated", author: "Omid", target: plain(other), penalties: [{ code: "numbers", points: 3, message: doc.locale === "fa" ? "عددها فرق دارند" : "Numbers differ" }, { code: "several_translations", points: 1, message: doc.locale === "fa" ? "ترجمه‌های گوناگون" : "Several translations" }],
    diff: [{ kind: "same", text: words.slice(0, 3).join(" ") + " " }, { kind: "deleted", text: words[3] ? "yesterday " : "" }, { kind: "inserted", text: (words[3] ?? "") + " " }, { kind: "same", text: words.slice(4).join(" ") }].filter((d) => d.text) };
  const matches = segment.index % 4 === 3 ? [] : [{ ...base, kind: "exact", score: 100, target }, fuzzy].slice(segment.index % 3 === 2 ? 1 : 0);
  return { matches, terms: terms(doc, segment), issues: check(doc, segment, segment.target) };
}

/** Its first two words as a phrase, its third as a word. */
function fragments(doc, segment) {
  const words = segment.source.text.split(" ");
  const [en, persian] = doc.sentenceOf(segment);
  const other = (doc.pair === "en-fa" ? persian : en).split(" ");
  const origin = { memory: "News 2024–2026", author: "Parvin", changed: "2026-03-04T09:20:00Z", document: "budget-debate.docx" };
  const phrase = words.slice(0, 2).join(" ");
  const translation = (text, count, confidence) => ({ text, count, confidence, ...origin });
  return { fragments: [
    { kind: "assembled", start: 0, end: phrase.length, source: phrase, count: 14, more: false, translations: [translation(other.slice(0, 2).join(" "), 11, 0.82), translation(other.slice(0, 3).join(" "), 2, 0.2)] },
    { kind: "assembled", start: phrase.length + 1, end: phrase.length + 1 + (words[2] ?? "").length, source: words[2] ?? "", count: 2000, more: true, translations: [translation(other[2] ?? other[0], 71, 0.64)] },
  ] };
}

const glossary = [
  { en: "Union", source: "River Workers’ Union", targets: ["اتحادیهٔ کارگران رودخانه", "اتحادیهٔ کارگران"], forbidden: ["سندیکای کارگران"], type: "organization", note: "Full name on first mention." },
  { en: "Leila Karimi", source: "Leila Karimi", targets: ["لیلا کریمی"], forbidden: ["لیلا کریمى"], type: "person", note: "" },
  { en: "court", source: "court", targets: ["دادگاه"], forbidden: [], type: "legal", note: "" },
  { en: "spokesperson", source: "spokesperson", targets: ["سخنگو", "سخن‌گو"], forbidden: [], type: "title", note: "" },
];

function terms(doc, segment) {
  return glossaryOf(doc).flatMap(({ en, ...term }) => {
    const start = segment.source.text.indexOf(term.source);
    return start < 0 ? [] : [{ ...term, start, end: start + term.source.length, ...entry(term) }];
  });
}

/** From Persian the glossary is read the other way round. */
function glossaryOf(doc) {
  return doc.pair === "en-fa" ? glossary : glossary.map((term) => ({ ...term, source: term.targets[0], targets: [term.source], forbidden: [] }));
}

/** What the glossary says of a term beside where it stands. */
function entry({ source, targets, forbidden }) {
  const form = (side, status) => (text) => ({ text, side, status, note: "", lasting: "" });
  const forms = [form("source", "preferred")(source), ...targets.map((text, i) => form("target", i === 0 ? "preferred" : "admitted")(text)), ...forbidden.map(form("target", "forbidden"))];
  return { concept: glossary.findIndex((term) => term.source === source) + 1, glossary: "Newsroom", domain: "", keep: false, proposed: false, link: "/glossary", forms };
}

/** The glossary of English terms with Persian ones, searched and completed by plain letters. */
function lookUp(query) {
  const q = query.get("q").toLowerCase();
  const found = glossary.filter((term) => [term.source, ...term.targets].some((text) => text.toLowerCase().includes(q)));
  return { entries: found.map(({ type, note, ...term }) => ({ type, note, ...entry(term) })).map(({ proposed, ...rest }) => rest), more: false };
}

function complete(doc, query) {
  const typed = query.get("q").split(" ").at(-1);
  const texts = glossaryOf(doc).flatMap((term) => term.targets.map((text, i) => ({ text, source: term.source, type: term.type, status: i === 0 ? "preferred" : "admitted" })));
  const found = texts.filter(({ text }) => typed.length > 1 && text.startsWith(typed) && text !== typed);
  return { completions: found.map((one) => ({ ...one, typed: typed.length, glossary: "Newsroom" })) };
}

function concordance(doc, query) {
  const q = query.get("q").toLowerCase();
  const side = query.get("side");
  const all = doc.segments.slice(0, 400).map((s) => ({ s, t: plain(doc.pair === "en-fa" ? doc.sentenceOf(s)[1] : doc.sentenceOf(s)[0]) }));
  const hits = all.map(({ s, t }) => ({ source: plain(s.source.text), target: t, memory: "News 2024–2026", author: "Omid", changed: "2026-05-11T12:00:00Z", document: "harbour-strike.md" })).flatMap((hit) => {
    const start = hit[side].text.toLowerCase().indexOf(q);
    return start < 0 ? [] : [{ ...hit, marks: [{ start, end: start + q.length }] }];
  });
  const offset = Number(query.get("offset"));
  return { total: hits.length, hits: hits.slice(offset, offset + 10) };
}

function create(name, params) {
  const pair = params.get("pair") ?? "en-fa";
  const count = Number(params.get("n") ?? 60);
  const doc = { pair, locale: params.get("locale") ?? "en", control: {}, seq: 1, changed: new Map(), history: new Map(), dismissed: new Map(), nextID: 90000, undo: [], log: [], segments: [] };
  doc.sentenceOf = (segment) => sentence(segment.index);
  const states = params.get("states")?.split(",") ?? ["approved", "translated", "translated", "draft", "rejected", "new", "new", "new", "new"];
  const totals = new Map();
  for (let i = 0; i < count; i++) totals.set(sentence(i)[0], (totals.get(sentence(i)[0]) ?? 0) + 1);
  for (let i = 0; i < count; i++) doc.segments.push(segmentOf(pair, i, states[i % states.length], totals.get(sentence(i)[0]) - 1));
  for (const s of doc.segments) doc.changed.set(s.id, 1);
  docs.set(name, doc);
  return doc;
}

function segmentOf(pair, i, state, repetitions) {
  const [en, persian] = sentence(i);
  const [from, to] = pair === "en-fa" ? [en, persian] : [persian, en];
  const coded = i % 3 === 1;
  const source = coded ? withCodes(from, i % 2 === 0) : plain(from);
  let target = state === "new" ? plain("") : coded ? withCodes(to, i % 2 === 0) : plain(to);
  if (pair === "en-fa" && state === "translated") target = { ...target, text: target.text.replace("اتحادیهٔ", "سندیکای") };
  const wrong = target.text.includes("سندیکای");
  return { id: 1000 + i, index: i, block: Math.floor(i / 3), source, target, state, revision: state === "new" ? 0 : 1, author: state === "new" ? "" : "Omid", changed: state === "new" ? "" : "2026-11-20T08:15:00Z",
    filled: state === "draft" ? [101, 100, 92, 78][i % 4] : 0, filledBy: state === "draft" ? ["context", "exact", "fuzzy", "fuzzy"][i % 4] : "", words: from.split(" ").length, repetitions, reason: state === "rejected" ? "نام سازمان باید کامل نوشته شود." : "", errors: wrong ? 1 : 0, warnings: 0 };
}

function page(res, name, params) {
  const doc = docs.get(name) ?? create(name, params);
  const locale = params.get("locale") ?? "en";
  const en = { tag: "en", name: locale === "fa" ? "انگلیسی" : "English", dir: "ltr" };
  const persian = { tag: "fa", name: locale === "fa" ? "فارسی" : "Persian", dir: "rtl" };
  const [source, target] = doc.pair === "en-fa" ? [en, persian] : [persian, en];
  const data = { api: `/docs/${name}`, document: "harbour-strike.docx", project: locale === "fa" ? "خبرهای هفته" : "News of the week", source, target, locale, can: { edit: params.get("edit") !== "0", review: params.get("review") === "1", propose: params.get("edit") !== "0", terms: params.get("review") === "1" }, draftKey: `draft:me:${name}`, nonce: "bW9jaw", segment: Number(params.get("segment") ?? 0), messages: messages(locale) };
  const sheets = readdirSync(join(web, "assets/css")).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const styles = sheets.map((s) => `<link rel="stylesheet" href="/assets/css/${s}">`).join("");
  res.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-bW9jaw'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'` });
  res.end(`<!doctype html><html lang="${locale}" dir="${locale === "fa" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><title>${data.document}</title><meta name="viewport" content="width=device-width">${styles}</head><body class="page-editor"><div class="top"><div class="top-end">Me</div></div><div class="project-head"><div class="crumbs"><bdi>${data.project}</bdi></div></div><main id="main"><div id="editor"></div></main><script type="application/json" id="editor-data">${JSON.stringify(data).replace(/</g, "\\u003c")}</script><script src="/dist/editor.js" defer></script></body></html>`);
}

/** The order the server joins them in: base first, those of the editor last. */
const rank = (sheet) => (sheet === "base.css" ? 0 : sheet.startsWith("editor") ? 2 : 1);

/** The catalogue below "editor.", flattened as the server does: plural forms end in ".one" and ".other". */
function messages(locale) {
  const part = join(web, `../locales/editor.part.${locale}.toml`);
  const whole = join(web, `../locales/active.${locale}.toml`);
  const flat = {};
  let prefix = existsSync(part) ? "" : undefined;
  for (const line of readFileSync(existsSync(part) ? part : whole, "utf8").split("\n")) {
    const table = /^\[editor(?:\.([\w.]+))?\]/.exec(line);
    if (table) prefix = table[1] ? table[1] + "." : "";
    else if (/^\[/.test(line)) prefix = undefined;
    const entry = /^"?([\w.]+)"?\s*=\s*(".*")\s*$/.exec(line);
    if (entry && prefix !== undefined) flat[prefix + entry[1]] = JSON.parse(entry[2]);
  }
  return flat;
}

function file(res, path) {
  const full = join(web, normalize(path));
  if (!full.startsWith(web) || !existsSync(full)) return json(res, 404, {});
  res.writeHead(200, { "Content-Type": types[extname(full)] ?? "text/plain" });
  res.end(readFileSync(full));
}

async function read(req) {
  let text = "";
  for await (const part of req) text += part;
  return text;
}

function json(res, status, body) {
  res.writeHead(status, { "Content-Type": "application/json" });
  res.end(JSON.stringify(body));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMock(Number(process.argv[2] ?? 8765));
  console.log(`${url}/edit/demo?review=1`);
}
