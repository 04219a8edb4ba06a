// ---- moving about

const say = (text) => ($("live").textContent = text);

function go(index) {
  const item = items[index];
  current = index;
  const before = item.chunk.previousElementSibling;
  if (before?.parts) lay(before);
  lay(item.chunk);
  item.fold?.open();
  const aim = () => item.element.scrollIntoView({ block: "center" });
  item.element.focus({ preventScroll: true });
  aim();
  requestAnimationFrame(() => { aim(); requestAnimationFrame(aim); }); // what comes near is laid out, and moves it
}

function step(by, wanted) {
  const top = current >= 0 && items[current].top;
  let i = current + by;
  if (current < 0 && by < 0) i = items.length - 1;
  while (i >= 0 && i < items.length && !wanted(items[i])) i += by;
  // the list at the head shows each flagged sentence once; past its end they would only come again
  const left = top && by > 0 && wanted !== any && i < items.length && !items[i].top;
  if (i < 0 || i >= items.length || left) return say(by > 0 ? "That was the last one." : "That was the first one.");
  go(i);
  const { row } = items[i];
  say(row.flags.map(([code, detail]) => `${words(code) || code} ${detail}`).join("; "));
}

const any = (item) => !item.row.omitted || (item.fold && item.element?.closest("details")?.open);
const flaggedOne = (item) => item.row.flags.length > 0;

function stepMark(by) {
  const element = items[current]?.element;
  if (!element) return;
  const marks = [...element.querySelectorAll(".side [data-m], .side [data-e]")];
  const at = marks.indexOf(document.activeElement);
  marks[at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length]?.focus();
}

function toContext() {
  const row = items[current]?.row;
  const index = items.findIndex((item) => item.row === row && !item.top);
  if (row && index >= 0) go(index);
}

function furniture(open) {
  $("omitted").checked = open;
  const keep = items[current]?.row;
  build();
  const index = keep ? items.findIndex((item) => item.row === keep) : -1;
  if (index >= 0 && (open || !keep.omitted)) go(index);
}

const THEMES = ["auto", "light", "dark"];

function theme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  $("theme").textContent = `Theme: ${name}`;
  $("theme").dataset.now = name;
  try { localStorage.setItem("theme", name); } catch { /* a page from a file may have no storage */ }
}

const nextTheme = () => theme(THEMES[(THEMES.indexOf($("theme").dataset.now) + 1) % 3]);

const KEYS = {
  j: () => step(1, flaggedOne), k: () => step(-1, flaggedOne), n: () => step(1, any), p: () => step(-1, any),
  ArrowRight: () => stepMark(1), ArrowLeft: () => stepMark(-1), c: toContext, t: nextTheme,
  f: () => furniture(!$("omitted").checked), "/": () => $("q").select(), "?": () => $("keys").showModal(),
};

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  if (event.key === "Escape") {
    if (tipFor) hideTip();
    else if (event.target.closest("#filters")) (items[current]?.element ?? $("sentences")).focus();
    return;
  }
  if (event.target.closest("input, select, textarea")) return;
  const row = event.target.closest(".row");
  if (event.key === "Enter" && row && !event.target.closest("button")) { toggleDetails(row); event.preventDefault(); return; }
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

// ---- the beginning

function readState() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of fields) { $(name).value = given.get(name) ?? ""; state[name] = $(name).value; }
}

function filter() {
  for (const name of fields) state[name] = $(name).value.trim();
  const kept = new URLSearchParams(fields.filter((name) => state[name]).map((name) => [name, state[name]]));
  try { history.replaceState(null, "", `#${kept}`); } catch { /* not from every place a file may lie */ }
  build();
}

function listen() {
  let waiting = 0;
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(() => { filter(); layers(); }));
  $("filters").addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  $("filters").addEventListener("change", (event) => {
    if (event.target.id === "omitted") furniture(event.target.checked);
    else if (event.target.type === "checkbox") layers();
    else if (event.target.tagName === "SELECT") filter();
  });
  $("theme").addEventListener("click", nextTheme);
  $("help").addEventListener("click", () => $("keys").showModal());
  document.addEventListener("keydown", key);
  const main = $("sentences");
  main.addEventListener("mouseover", (event) => (markOf(event) ? showTip(markOf(event)) : null));
  main.addEventListener("mouseout", (event) => (markOf(event) ? hideSoon() : null));
  main.addEventListener("focusin", (event) => {
    const row = event.target.closest(".row");
    const index = row ? items.findIndex((item) => item.element === row) : -1;
    if (index >= 0) current = index;
    if (markOf(event)) showTip(markOf(event));
  });
  main.addEventListener("focusout", hideSoon);
  main.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row && event.target.closest(".more")) toggleDetails(row);
    if (row && event.target.closest(".context")) { current = items.findIndex((item) => item.element === row); toContext(); }
  });
  $("tip").addEventListener("mouseenter", () => clearTimeout(hiding));
  $("tip").addEventListener("mouseleave", hideSoon);
  addEventListener("scroll", hideTip, { passive: true });
  addEventListener("hashchange", () => { readState(); build(); });
  addEventListener("beforeprint", () => document.querySelectorAll(".chunk").forEach(lay));
}

function layers() {
  for (const name of ["value", "term", "name", "edit"]) document.documentElement.classList.toggle(`no-${name}`, !$(`show-${name}`).checked);
}

function head() {
  const flagged = rows.filter((row) => row.flags.length).length, kept = rows.filter((row) => !row.omitted);
  const sum = (of) => kept.reduce((total, row) => total + of(row), 0);
  const facts = [
    [documents.length, "document"], [kept.length, "sentence"], [flagged, "flagged", "flagged"],
    [sum((row) => row.mentions.filter((m) => layer(m.kind) === "value").length), "value"], [sum((row) => row.mentions.filter((m) => m.kind === "term").length), "term"],
    [sum((row) => row.mentions.filter((m) => m.kind === "name").length), "name"], [sum((row) => row.edits.length), "edit"],
  ];
  facts.forEach(([n, one, many], i) => $("summary").append(i ? " · " : "", make("b", { class: one === "flagged" && n ? "bad" : null }, n.toLocaleString("en")), ` ${n === 1 ? one : many ?? one + "s"}`));
  $("made").textContent = `Made by normalize ${run.version} with the model ${run.model}` + (run.glossaries.length ? ` and ${run.glossaries.join(", ")}.` : ".") + " Spans are code points in the source file, from 0, the end not included.";
}

let stored = "auto";
try { stored = localStorage.getItem("theme") ?? "auto"; } catch { /* as above */ }
theme(THEMES.includes(stored) ? stored : "auto");
fillFilters();
head();
readState();
listen();
build();
