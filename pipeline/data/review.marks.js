// ---- the marks

const astral = /[\ud800-\udfff]/;
const signs = (text) => (astral.test(text) ? [...text] : text); // so that positions are code points
const join = (part) => (Array.isArray(part) ? part.join("") : part);
const slice = (text, start, end) => join(signs(text).slice(start, end));

/** `text` with its ranges as elements, nested where one lies in another; one that crosses an edge goes on behind it. */
function paint(parent, text, ranges, from = 0, to = text.length) {
  let at = from;
  while (ranges.length && (ranges[0].at[0] < to || (ranges[0].at[0] === to && ranges[0].at[1] === to))) {
    const range = ranges.shift();
    const start = Math.max(range.at[0], at), end = Math.max(start, Math.min(range.at[1], to));
    if (range.at[1] > to) {
      const behind = ranges.findIndex((other) => other.at[0] >= to);
      ranges.splice(behind < 0 ? ranges.length : behind, 0, { ...range, at: [to, range.at[1]] });
    }
    parent.append(join(text.slice(at, start)));
    const element = range.make(end === start);
    if (end > start) paint(element, text, ranges, start, end);
    parent.append(element);
    at = end;
  }
  parent.append(join(text.slice(at, to)));
}

function ranges(row, side) {
  const list = [];
  row.mentions.forEach((m, i) => {
    if (m[side]) list.push({ at: m[side], make: () => make("mark", { class: `m ${layer(m.kind)}${m.rung === "lost" ? " lost" : ""}`, "data-m": i, tabindex: -1 }) });
  });
  row.edits.forEach((e, i) => {
    const name = (empty) => (empty ? { class: "e cut", role: "img", "aria-label": `edit: ${e.rule}` } : { class: "e" });
    if (e[side]) list.push({ at: e[side], make: (empty) => make("span", { ...name(empty), "data-e": i, tabindex: -1 }) });
  });
  return list.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]);
}

const SIGNS = { " ": "[space]", "\n": "[line break]", "\r": "[carriage return]", "\t": "[tab]", "\f": "[form feed]", "\u00a0": "[no-break space]", "\u00ad": "[soft hyphen]", "\u202f": "[narrow no-break space]", "\u2009": "[thin space]", "\ufeff": "[byte order mark]", "\u200b": "[zero-width space]" };

/** What an edit took or wrote, with what cannot be seen made visible. */
function visible(text) {
  const out = make("span");
  if (!text) out.append(make("span", { class: "sign" }, "nothing"));
  for (const part of text.split(/([\p{Cc}\p{Cf}\p{Z}])/u)) {
    const edge = part === " " && text.trim().length > 0; // between words a space is only a space
    if (/^[\p{Cc}\p{Cf}\p{Z}]$/u.test(part) && !edge) out.append(make("span", { class: "sign" }, SIGNS[part] ?? `[U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`));
    else out.append(part);
  }
  return out;
}

const span = ([start, end]) => `${start.toLocaleString("en")}–${end.toLocaleString("en")}`;

function facts(row, mark) {
  if (mark.dataset.e !== undefined) {
    const e = row.edits[mark.dataset.e];
    return [["Edit", make("code", {}, e.rule)], ["Before", visible(e.before)], ["After", visible(e.after)], ["Source", span(e.source)]];
  }
  const m = row.mentions[mark.dataset.m];
  const list = [[m.kind, slice(row.fr, ...m.at), "big"], ["Canonical", m.canonical, "big"]];
  if (m.to && slice(row.en, ...m.to) !== m.canonical) list.push(["Written", slice(row.en, ...m.to)]);
  if (m.rung) list.push(["Placed", `${m.rung}: ${words(m.rung)}`]);
  if (m.rule) list.push(["Rule", make("code", {}, m.rule)]);
  if (m.raw) list.push(["In the file", visible(m.raw)]);
  return [...list, ["Source", span(m.source)]];
}

// ---- the tip: what a mark is, on hover and on focus

let tipFor = null, hiding = 0;

function showTip(mark) {
  clearTimeout(hiding);
  const shownLayer = mark.dataset.e !== undefined ? "edit" : layer(mark.closest(".row").row.mentions[mark.dataset.m].kind);
  if (tipFor === mark || document.documentElement.classList.contains(`no-${shownLayer}`)) return;
  hideTip();
  tipFor = mark;
  const key = mark.dataset.e !== undefined ? "e" : "m";
  const row = mark.closest(".row");
  for (const twin of row.querySelectorAll(`.side [data-${key}="${mark.dataset[key]}"]`)) twin.classList.add("on");
  const list = facts(row.row, mark).map(([name, value, kind]) => make("div", {}, make("dt", {}, name), make("dd", { class: kind ?? null }, value)));
  $("tip").replaceChildren(make("dl", {}, ...list));
  $("tip").hidden = false;
  mark.setAttribute("aria-describedby", "tip");
  const at = mark.getClientRects()[0] ?? mark.getBoundingClientRect(), tip = $("tip").getBoundingClientRect();
  const below = at.bottom + 8 + tip.height < innerHeight;
  $("tip").style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.width - 8))}px`;
  $("tip").style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - tip.height - 6)}px`;
}

function hideTip() {
  if (!tipFor) return;
  tipFor.removeAttribute("aria-describedby");
  document.querySelectorAll(".on").forEach((element) => element.classList.remove("on"));
  $("tip").hidden = true;
  tipFor = null;
}

const hideSoon = () => { clearTimeout(hiding); hiding = setTimeout(hideTip, 150); };
const markOf = (event) => event.target.closest?.(".side [data-m], .side [data-e]");
