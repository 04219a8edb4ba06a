"use strict";
// A document: {path, text, encoding, remarks: [[code, detail]], blocks: [[kind, lang, flags, rows]]}, made by
// pipeline/write/review_rows.py. Positions are code points. A row, a mention and an edit are the arrays named here.
const ROW = ["fr", "en", "source", "line", "origin", "flags", "mentions", "edits"];
const MENTION = ["kind", "at", "to", "canonical", "rung", "source", "rule", "raw"];
const EDIT = ["at", "to", "rule", "before", "after", "source"];
const WORDS = {{words}};
const CHUNK = 40; // rows laid out at a time

const $ = (id) => document.getElementById(id);
const named = (names, values) => Object.fromEntries(names.map((name, i) => [name, values[i]]));
const count = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const words = (code) => WORDS[code] ?? "";

/** An element: `make("p", {class: "x"}, "text", child)`. Text is only ever set as text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

// ---- the data

function take(name) {
  return [...document.querySelectorAll(`script.${name}`)].map((element) => {
    const data = JSON.parse(element.textContent);
    element.remove(); // it is held once
    return data;
  });
}

const run = take("run")[0];
const documents = take("doc");
const rows = documents.flatMap(rowsOf);

function rowsOf(doc) {
  let number = 0;
  doc.rows = doc.blocks.flatMap(([kind, lang, flags, list], id) =>
    list.map((values, i) => {
      const row = named(ROW, values);
      row.flags = i === 0 ? [...flags, ...row.flags] : row.flags;
      row.mentions = row.mentions.map((m) => named(MENTION, m));
      row.edits = row.edits.map((e) => named(EDIT, e));
      return Object.assign(row, { doc, kind, lang, block: id, number: ++number, first: i === 0, omitted: kind === "furniture" || kind === "duplicate" });
    }));
  doc.flagged = doc.rows.filter((row) => row.flags.length).length;
  delete doc.blocks;
  return doc.rows;
}

const layer = (kind) => (kind === "name" || kind === "term" ? kind : "value");

/** Without case and accents, of the same length, so that places stay where they are. */
function fold(text) {
  return text.replace(/[^\0-\x40\x5b-\x7f]/g, (sign) => {
    const plain = sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.length === 1 ? plain : sign;
  });
}

// ---- the filters

const fields = ["q", "doc", "flag", "what", "term"];
const state = {};

function tally(items) {
  const counts = new Map();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function options(select, label, counts, prefix = "") {
  if (!counts.length) return;
  const group = make("optgroup", { label });
  for (const [name, n] of counts) group.append(make("option", { value: prefix + name }, `${name} (${n.toLocaleString("en")})`));
  select.append(group);
}

function fillFilters() {
  for (const doc of documents) $("doc").append(make("option", { value: doc.path }, doc.path + (doc.flagged ? ` (${doc.flagged} flagged)` : "")));
  options($("flag"), "with the flag", tally(rows.flatMap((row) => [...new Set(row.flags.map(([code]) => code))])));
  const kept = rows.filter((row) => !row.omitted);
  const mentions = kept.flatMap((row) => row.mentions);
  options($("what"), "Marks", tally([...mentions.map((m) => layer(m.kind)), ...kept.flatMap((row) => row.edits.map(() => "edit"))]), "any:");
  options($("what"), "Values", tally(mentions.filter((m) => layer(m.kind) === "value").map((m) => m.kind)), "kind:");
  options($("what"), "Placed", tally(mentions.map((m) => m.rung).filter(Boolean)), "rung:");
  options($("what"), "Edits", tally(kept.flatMap((row) => row.edits.flatMap((e) => e.rule.split("+")))), "rule:");
  options($("what"), "Blocks", tally(rows.map((row) => row.kind)), "block:");
  options($("what"), "Languages", tally(rows.map((row) => row.lang)), "lang:");
  const terms = tally(mentions.filter((m) => m.kind === "term").map((m) => m.canonical)).slice(0, 2000);
  $("terms").append(...terms.map(([name, n]) => make("option", { value: name }, `${n}`)));
}

function holds(row, what) {
  const [sort, name] = [what.slice(0, what.indexOf(":")), what.slice(what.indexOf(":") + 1)];
  if (sort === "any") return name === "edit" ? row.edits.length > 0 : row.mentions.some((m) => layer(m.kind) === name);
  if (sort === "rule") return row.edits.some((e) => e.rule.split("+").includes(name));
  if (sort === "block") return row.kind === name;
  if (sort === "lang") return row.lang === name;
  return row.mentions.some((m) => m[sort] === name);
}

function searchable(row) {
  return (row.folded ??= fold(`${row.fr}\n${row.en ?? ""}`));
}

function matches(row) {
  if (state.doc && row.doc.path !== state.doc) return false;
  if (state.flag && state.flag !== "none" && !row.flags.some(([code]) => state.flag === "*" || code === state.flag)) return false;
  if (state.what && !holds(row, state.what)) return false;
  if (state.term) {
    const wanted = fold(state.term);
    if (!row.mentions.some((m) => fold(m.canonical).includes(wanted) || fold(slice(row.fr, ...m.at)).includes(wanted))) return false;
  }
  return !state.q || searchable(row).includes(fold(state.q));
}
