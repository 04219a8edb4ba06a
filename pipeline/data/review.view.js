// ---- the rows

function rowElement(row, top) {
  const label = `${row.doc.path}, sentence ${row.number}${row.flags.length ? ", flagged" : ""}`;
  const element = make("article", { class: `row ${row.kind}${row.flags.length ? " flagged" : ""}${row.first || top ? " first" : ""}`, tabindex: -1, "aria-label": label });
  if (row.flags.length) element.append(flagList(row, top));
  const kinds = [row.kind === "paragraph" ? "" : row.kind, row.lang === "fr" || row.omitted ? "" : row.lang.toUpperCase()].filter(Boolean).join(" ");
  const more = make("button", { type: "button", class: "more", "aria-expanded": "false", "aria-label": `Details of sentence ${row.number}` }, "⋯");
  element.append(make("div", { class: "gutter" }, make("span", {}, `${row.number}`), more, kinds ? make("span", { class: "kind" }, kinds) : ""));
  element.append(side(row, "at", row.fr, row.lang), row.en === null ? make("div", { class: "nothing" }, "left out") : side(row, "to", row.en, row.lang === "fr" ? "en" : row.lang));
  element.row = row;
  return element;
}

function side(row, which, text, lang) {
  const element = make("div", { class: "side", lang: lang === "fr" || lang === "en" ? lang : null });
  const plain = signs(text);
  paint(element, plain, ranges(row, which), 0, plain.length);
  return element;
}

function flagList(row, top) {
  const list = make("ul", { class: "flags" });
  for (const [code, detail] of row.flags) list.append(make("li", {}, words(code) ? `${words(code)}${detail ? ":" : ""} ` : "", detail ? make("q", {}, detail) : "", " ", make("code", {}, code)));
  if (top) list.lastChild.append(make("button", { type: "button", class: "context" }, `${row.doc.path} ${row.line ? `line ${row.line}` : ""} `));
  return list;
}

function details(row) {
  const where = row.line ? `${row.doc.text}:${row.line}` : "not in the English text";
  const box = make("div", { class: "detail" }, make("p", {}, make("code", {}, where), `. ${row.kind} ${row.block}, ${row.lang}; ${row.origin}: ${words(row.origin)}; source ${span(row.source)} of ${row.doc.path}`));
  const lines = [
    ...row.mentions.map((m) => [m.kind, slice(row.fr, ...m.at), m.to ? slice(row.en, ...m.to) : "–", m.canonical, [m.rule, m.rung].filter(Boolean).join("; "), span(m.source)]),
    ...row.edits.map((e) => ["edit", visible(e.before), visible(e.after), "", e.rule, span(e.source)]),
  ];
  if (lines.length) {
    const head = make("tr", {}, ...["what", "source", "English", "canonical", "rule; how placed", "span"].map((name) => make("th", { scope: "col" }, name)));
    box.append(make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, cell)))))));
  }
  return box;
}

function toggleDetails(element) {
  const open = element.querySelector(":scope > .detail");
  if (open) open.remove();
  else element.append(details(element.row));
  element.querySelector(".more").setAttribute("aria-expanded", String(!open));
}

// ---- the view: items (a heading, a row, a fold of rows) in chunks that are laid out when they come near

let items = []; // each {row, top, chunk, fold} in the order of the page; what j, k, n and p walk over
let current = -1;
const observer = new IntersectionObserver((seen) => seen.forEach((entry) => entry.isIntersecting && lay(entry.target)), { rootMargin: "1500px" });

function build() {
  const shown = rows.filter(matches);
  const flagged = shown.filter((row) => row.flags.length);
  const parts = [];
  items = [];
  current = -1;
  const add = (row, top) => (items.push({ row, top }), items[items.length - 1]);
  if (!state.flag && flagged.length) {
    parts.push({ title: "To review", note: count(flagged.length, "flagged sentence") }, ...flagged.map((row) => ({ item: add(row, true) })));
  }
  let doc = null, fold = null;
  for (const row of shown) {
    if (row.doc !== doc) parts.push({ title: (doc = row.doc).path, note: note(doc), remarks: doc.remarks });
    if (!row.omitted) fold = null;
    else if (fold && fold.items[0].row.doc === doc) { fold.items.push(Object.assign(add(row, false), { fold })); continue; }
    else { parts.push((fold = { items: [] })); fold.items.push(Object.assign(add(row, false), { fold })); continue; }
    parts.push({ item: add(row, false) });
  }
  render(parts);
const left = shown.filter((row) => row.omitted).length, all = rows.filter((row) => !row.omitted).length, kept = shown.length - left;
  const of = kept === all ? "" : ` of ${all.toLocaleString("en")}`;
  $("count").textContent = `${kept.toLocaleString("en")}${of} sentences, ${flagged.length.toLocaleString("en")} flagged${left ? `, ${left.toLocaleString("en")} left out` : ""}`;
}

function note(doc) {
  return `${count(doc.rows.filter((row) => !row.omitted).length, "sentence")}${doc.flagged ? `, ${doc.flagged} flagged` : ""} · ${doc.encoding}`;
}

function render(parts) {
  observer.disconnect();
  globalThis.CSS?.highlights?.set("found", new Highlight());
  const chunks = [];
  for (let i = 0; i < parts.length; i += CHUNK) {
    const chunk = make("div", { class: "chunk" });
    chunk.parts = parts.slice(i, i + CHUNK);
    for (const part of chunk.parts) for (const item of part.items ?? [part.item]) if (item) item.chunk = chunk;
    chunk.style.minHeight = `${chunk.parts.reduce((sum, part) => sum + height(part), 0)}px`;
    chunks.push(chunk);
  }
  if (!parts.length) chunks.push(make("p", { class: "notice" }, "No sentence fits these filters."));
  $("sentences").replaceChildren(...notices(), ...chunks);
  chunks.filter((chunk) => chunk.parts).forEach((chunk, i) => (i < 2 ? lay(chunk) : observer.observe(chunk)));
}

function height(part) {
  return part.item ? 18 + 26 * Math.ceil(Math.max(part.item.row.fr.length, (part.item.row.en ?? "").length) / 62) : part.items ? 32 : 70;
}

function lay(chunk) {
  if (!chunk.parts) return;
  observer.unobserve(chunk);
  chunk.append(...chunk.parts.map(partElement));
  chunk.parts = null;
  chunk.style.minHeight = "";
  highlight(chunk);
}

function partElement(part) {
  if (part.item) return (part.item.element = rowElement(part.item.row, part.item.top));
  if (part.title) {
    const remarks = (part.remarks ?? []).map(([code, detail]) => `${words(code) || code}: ${detail}`).join("; ");
    return make("div", { class: "head" }, make("h2", {}, part.title), make("p", {}, part.note), remarks ? make("p", { class: "bad" }, remarks) : "");
  }
  const kinds = tally(part.items.map((item) => item.row.kind)).map(([kind, n]) => count(n, kind === "duplicate" ? "duplicate" : "block of furniture", kind === "duplicate" ? "duplicates" : "blocks of furniture"));
  const flagged = part.items.filter((item) => item.row.flags.length).length;
  const element = make("details", { class: "fold" }, make("summary", {}, `${kinds.join(", ")} left out${flagged ? `, ${flagged} flagged` : ""}`));
  const unfold = () => {
    if (part.items[0].element) return;
    element.append(...part.items.map((item) => (item.element = rowElement(item.row, false))));
    highlight(element);
  };
  element.addEventListener("toggle", () => element.open && unfold());
  part.open = () => { unfold(); element.open = true; };
  if ($("omitted").checked) part.open();
  return element;
}

function notices() {
  const list = [...(run.complete ? [] : ["The run was interrupted: documents may be missing. Run the same command again."])];
  const problems = [...run.failed.map((f) => `${f.path}: ${f.error}`), ...run.skipped.map((s) => `${s.path} skipped: ${s.reason}`)];
  const out = list.map((text) => make("p", { class: "notice" }, text));
  if (problems.length) out.push(make("details", { class: "notice" }, make("summary", {}, `${count(problems.length, "file")} not on this page`), make("ul", {}, ...problems.map((text) => make("li", {}, text)))));
  return out;
}

/** Marks what is searched for, over the text and without touching it. */
function highlight(inside) {
  const wanted = fold(state.q ?? "");
  if (!wanted || !globalThis.CSS?.highlights) return;
  for (const element of inside.querySelectorAll(".side")) {
    const text = fold(element.textContent);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) CSS.highlights.get("found").add(rangeOf(element, at, at + wanted.length));
  }
}

function rangeOf(element, start, end) {
  const range = new Range(), walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0, begun = false;
  for (let node = walker.nextNode(); node; at += node.length, node = walker.nextNode()) {
    if (!begun && start < at + node.length) { range.setStart(node, start - at); begun = true; }
    if (end <= at + node.length) { range.setEnd(node, end - at); break; }
  }
  return range;
}
