"use strict";
(() => {
const $ = (of, what) => of.querySelector(what);
const all = (of, what) => [...of.querySelectorAll(what)];
const about = document.getElementById("page").dataset;
const place = `roleplay/${about.session}/${about.person}`;
const parts = all(document, "[data-part]");
const idOf = part => part.dataset.part;
const titleOf = part => {
  const round = $(part.closest(".stretch"), "summary > span").textContent;
  return `${round}: ${part.getAttribute("aria-label")}`;
};
let kept = {items: {}, clocks: {}, saved: 0};
let keeps = true;

// What is kept on this device. Another window with the same page may have kept something newer.

function stored() {
  const text = localStorage.getItem(place);
  if (!text) return {};
  try { return JSON.parse(text); } catch (_) {
    localStorage.setItem(`${place}/damaged`, text);
    return {};
  }
}

function merge(other) {
  let changed = false;
  for (const [id, item] of Object.entries(other.items || {})) {
    if (!kept.items[id] || kept.items[id].at < item.at) { kept.items[id] = item; changed = true; }
    else if (item.fixed) kept.items[id].fixed = true;
  }
  kept.clocks = {...other.clocks, ...kept.clocks};
  kept.saved = Math.max(kept.saved, other.saved || 0);
  return changed;
}

function store() {
  try {
    merge(stored());
    localStorage.setItem(place, JSON.stringify(kept));
    keeps = true;
  } catch (_) { keeps = false; }
  say();
}

const answered = () => Object.values(kept.items).filter(item => item.answer !== null);
const unsaved = () => answered().some(item => item.at > kept.saved);

function clock(ms) {
  const at = new Date(ms);
  return `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`;
}

function say() {
  const state = document.getElementById("state");
  const last = Math.max(0, ...answered().map(item => item.at));
  state.classList.toggle("alarm", !keeps);
  if (!keeps) state.textContent = "This browser keeps nothing here. Save your answers before you close the page.";
  else if (!last) state.textContent = "What you write is kept on this device.";
  else if (!unsaved()) state.textContent = `Saved at ${clock(kept.saved)}.`;
  else state.textContent = `Kept on this device at ${clock(last)}. Not sent yet.`;
}

function keep(id, answer, title) {
  const old = kept.items[id];
  if (JSON.stringify(old ? old.answer : null) === JSON.stringify(answer)) return;
  kept.items[id] = {...old, at: Math.max(Date.now(), old ? old.at + 1 : 0), answer, title};
  store();
}

// What stands in a part of the page, and back.

const tapsOf = id => kept.items[id] && kept.items[id].answer ? kept.items[id].answer.taps : [];
const tapsFor = part => (part.dataset.taps || "").split("|").filter(Boolean).flatMap(tapsOf);

function readAsk(ask) {
  const skip = $(ask, "[value=skip]").checked;
  if (skip) return {observed: false};
  const answer = {};
  if (ask.dataset.of === "choice") {
    const chosen = $(ask, "input[type=radio]:checked");
    if (!chosen) return null;
    answer.value = JSON.parse(chosen.value);
  } else if (ask.dataset.of === "count") {
    const count = $(ask, "[data-count]").value.trim();
    if (!/^\d+$/.test(count)) return null;
    answer.value = Number(count);
  } else {
    answer.text = $(ask, "[data-text]").value;
    if (!answer.text.trim()) return null;
  }
  const quote = $(ask, "[data-quote]");
  if (quote && quote.value.trim()) answer.quote = quote.value;
  const taps = all(ask, "[data-tap]:checked").map(box => box.dataset.tap);
  if (taps.length) answer.taps = taps;
  return answer;
}

function prompts(part) {
  return Object.fromEntries(all(part, "[data-prompt]").filter(one => one.value.trim())
    .map(one => [one.dataset.prompt, one.value]));
}

const ticked = (part, what) => Boolean($(part, what) && $(part, what).checked);

function read(part) {
  const kind = part.dataset.kind;
  if (kind === "marks") return kept.items[idOf(part)] ? kept.items[idOf(part)].answer : null;
  if (kind === "learned") {
    const text = $(part, "[data-learned]").value;
    return text.trim() ? {text} : null;
  }
  if (kind === "facts") {
    const facts = all(part, "[data-fact]:checked").map(box => box.dataset.fact);
    return facts.length || ticked(part, "[data-none]") ? {facts} : null;
  }
  const words = prompts(part), share = ticked(part, "[data-share]");
  if (kind === "journal") {
    const on_paper = ticked(part, "[data-paper]");
    return Object.keys(words).length || on_paper ? {answers: words, on_paper, share} : null;
  }
  const answers = Object.fromEntries(all(part, "[data-ask]").map(ask => [ask.dataset.ask, readAsk(ask)])
    .filter(([, answer]) => answer));
  if (!Object.keys(answers).length && !Object.keys(words).length) return null;
  return kind === "form" ? {answers, prompts: words, share} : {answers};
}

function write(part, answer) {
  const kind = part.dataset.kind;
  const set = (what, on) => { if ($(part, what)) $(part, what).checked = Boolean(on); };
  if (kind === "marks") return;
  answer = answer || {};
  if (kind === "learned") $(part, "[data-learned]").value = answer.text || "";
  if (kind === "facts") {
    for (const box of all(part, "[data-fact]")) box.checked = (answer.facts || []).includes(box.dataset.fact);
    set("[data-none]", answer.facts && !answer.facts.length);
  }
  const words = kind === "journal" ? answer.answers : answer.prompts;
  for (const one of all(part, "[data-prompt]")) one.value = (words || {})[one.dataset.prompt] || "";
  set("[data-share]", answer.share);
  set("[data-paper]", answer.on_paper);
  for (const ask of all(part, "[data-ask]")) {
    const one = (answer.answers || {})[ask.dataset.ask];
    const value = !one ? "" : one.observed === false ? "skip" : JSON.stringify(one.value);
    for (const box of all(ask, ".choices input")) box.checked = box.value === value;
    if ($(ask, "[data-count]")) $(ask, "[data-count]").value = one && one.observed !== false ? one.value : "";
    if ($(ask, "[data-text]")) $(ask, "[data-text]").value = one && one.text || "";
    if ($(ask, "[data-quote]")) $(ask, "[data-quote]").value = one && one.quote || "";
    showMoments(part, ask, one && one.taps || []);
  }
}

// What is still open. The program that takes the answers in has the last word.

const short = seconds => seconds === null ? "" :
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function missing(part) {
  const answer = read(part), kind = part.dataset.kind;
  if (kind === "marks" || "done" in part.dataset && !answer) return 0;
  if (kind === "learned" || kind === "facts") return answer ? 0 : 1;
  if (kind === "journal") return answer && answer.on_paper ? 0 :
    all(part, "[data-prompt]").filter(one => !one.value.trim()).length || (answer ? 0 : 1);
  const asks = all(part, "[data-ask]").filter(ask => {
    const one = readAsk(ask);
    if (!one) return ask.dataset.row === "1";
    return wantsEvidence(ask) && !one.quote && !one.taps;
  });
  return asks.length + all(part, "[data-wanted]").filter(one => !one.value.trim()).length;
}

function wantsEvidence(ask) {
  if ($(ask, "[value=skip]").checked || !$(ask, ".evidence")) return false;
  const chosen = $(ask, "input[type=radio]:checked");
  return chosen ? "evidence" in chosen.dataset : "evidence" in ask.dataset && readAsk(ask) !== null;
}

function showMoments(part, ask, chosen) {
  const box = $(ask, "[data-moments]");
  if (!box) return;
  box.replaceChildren(...tapsFor(part).map(tap => {
    const label = document.createElement("label"), tick = document.createElement("input");
    tick.type = "checkbox";
    tick.dataset.tap = tap.tap;
    tick.checked = chosen.includes(tap.tap);
    const words = document.createElement("span");
    words.textContent = `${short(tap.into)} ${tap.title}`.trim();
    label.append(tick, words);
    return label;
  }));
}

function show(part) {
  const state = $(part, "[data-state]"), open = missing(part), answer = read(part);
  for (const ask of all(part, "[data-ask]")) {
    const box = $(ask, ".evidence");
    const one = box && readAsk(ask);
    if (box) box.hidden = !wantsEvidence(ask) && !(one && (one.quote || one.taps)) && !$(box, "textarea").value;
  }
  if (part.dataset.kind === "marks") {
    const taps = tapsOf(idOf(part));
    state.textContent = taps.length ? `${taps.length} marked` : "";
    for (const button of all(part, "[data-marker]")) {
      const count = taps.filter(tap => tap.marker === button.dataset.marker).length;
      $(button, "[data-times]").textContent = count ? `× ${count}` : "";
    }
    $(part, "[data-list]").replaceChildren(...taps.map(tap => {
      const line = document.createElement("li"), at = document.createElement("span");
      const what = document.createElement("span"), back = document.createElement("button");
      at.className = "at"; what.className = "what"; back.type = "button";
      at.textContent = short(tap.into);
      what.textContent = tap.title;
      back.textContent = "Take back";
      back.setAttribute("aria-label", `Take back: ${tap.title} ${short(tap.into)}`);
      back.addEventListener("click", () => { tapsAre(part, taps.filter(one => one !== tap)); });
      line.append(at, what, back);
      return line;
    }));
    return;
  }
  const item = kept.items[idOf(part)];
  const fixed = Boolean(item && item.fixed) || part.dataset.kind === "forecast" && !answer && cameAfter(part);
  for (const one of all(part, "input, textarea")) one.disabled = fixed;
  if ($(part, "[data-fix]")) $(part, "[data-fix]").disabled = fixed || !answer;
  state.classList.toggle("full", !open);
  state.textContent = fixed ? (answer ? "Your forecast stands." : "No forecast was made.") :
    !open ? (answer ? "Complete" : "This is in already. Write here only to change it.") : answer ? `${open} still open` : "Empty";
}

function progress() {
  for (const stretch of all(document, ".stretch")) {
    const asked = all(stretch, "[data-part]").filter(part => part.dataset.kind !== "marks");
    const done = asked.filter(part => !missing(part)).length;
    $(stretch, "[data-progress]").textContent = asked.length ? `${done} of ${asked.length} complete` : "nothing to write";
  }
}

function showAll() { parts.forEach(show); progress(); say(); }

// A forecast stands from the moment on which something that comes after it is written; an empty one is then too late.

const forecasts = parts.filter(part => part.dataset.kind === "forecast");

function cameAfter(forecast) {
  return parts.slice(parts.indexOf(forecast) + 1).some(part =>
    part.dataset.kind !== "forecast" && "round" in part.closest(".stretch").dataset && read(part));
}

function fix(part) {
  const item = kept.items[idOf(part)];
  if (!item || item.answer === null || item.fixed) return;
  item.fixed = true;
  store();
}

function fixBefore(part) {
  forecasts.filter(one => parts.indexOf(one) < parts.indexOf(part)).forEach(fix);
}

function changed(part) {
  const answer = read(part);
  keep(idOf(part), answer, titleOf(part));
  if (part.dataset.kind !== "forecast" && answer) fixBefore(part);
  new Set([...forecasts, part]).forEach(show);
  progress();
}

for (const part of parts) {
  part.addEventListener("input", event => {
    const box = event.target;
    if (box.matches("[data-none]") && box.checked) for (const one of all(part, "[data-fact]")) one.checked = false;
    if (box.matches("[data-fact]") && box.checked) $(part, "[data-none]").checked = false;
    const ask = box.closest("[data-ask]");
    if (ask && box.matches("[data-text], [data-count]") && box.value.trim()) $(ask, "[value=skip]").checked = false;
    changed(part);
  });
  if ($(part, "[data-fix]")) $(part, "[data-fix]").addEventListener("click", () => { fix(part); show(part); });
  for (const button of all(part, "[data-marker]")) button.addEventListener("click", () => tap(part, button));
}

// Behaviours, tapped while others talk.

function tapsAre(part, taps) {
  keep(idOf(part), taps.length ? {taps} : null, titleOf(part));
  for (const one of parts.filter(one => (one.dataset.taps || "").split("|").includes(idOf(part)))) {
    const answer = read(one);
    write(one, answer);
    changed(one);
  }
  show(part);
}

function tap(part, button) {
  const started = kept.clocks[part.closest("[data-clock]").dataset.clock];
  const into = started ? Math.floor((Date.now() - started) / 1000) : null;
  const title = $(button, ".what").firstChild.textContent;
  const id = Array.from(crypto.getRandomValues(new Uint8Array(6)), one => one.toString(16).padStart(2, "0")).join("");
  tapsAre(part, [...tapsOf(idOf(part)), {tap: id, marker: button.dataset.marker, into, title}]);
  fixBefore(part);
  forecasts.forEach(show);
}

const clocks = all(document, "[data-clock]");

function showClock(watching) {
  const started = kept.clocks[watching.dataset.clock];
  $(watching, "[data-time]").textContent = started ? short((Date.now() - started) / 1000) : "0:00";
  $(watching, "[data-start]").textContent = started ? "Stop" : "Start the clock";
}

for (const watching of clocks) {
  $(watching, "[data-start]").addEventListener("click", () => {
    const id = watching.dataset.clock;
    kept.clocks[id] = kept.clocks[id] ? 0 : Date.now();
    store();
    showClock(watching);
  });
}
setInterval(() => clocks.filter(one => kept.clocks[one.dataset.clock]).forEach(showClock), 500);

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, input")) return;
  const running = clocks.filter(one => kept.clocks[one.dataset.clock] && all(one, "[data-part]").length === 1);
  const button = running.length === 1 && all(running[0], "[data-marker]").find(one => one.dataset.key === event.key);
  if (button) tap(button.closest("[data-part]"), button);
});

// The file, and the same as text.

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function checksum(text) {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let n = 0; n < 8; n++) sum = sum >>> 1 ^ (sum & 1 ? 0xEDB88320 : 0);
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}

function answerFile(now) {
  const alone = $(document.getElementById("alone"), "input").checked;
  const left = new Set(alone ? parts.filter(part => "private" in part.dataset).map(idOf) : []);
  const order = new Map(parts.map((part, n) => [idOf(part), n]));
  const rank = id => order.has(id) ? order.get(id) : parts.length;
  const answers = Object.entries(kept.items).sort(([one], [other]) => rank(one) - rank(other)).filter(([id, item]) => item.answer !== null && !left.has(id))
    .map(([id, item]) => {
      const [track, key] = [id.slice(0, id.indexOf(" ")), id.slice(id.indexOf(" ") + 1)];
      let answer = item.answer;
      if (answer.taps) answer = {taps: answer.taps.map(({tap, marker, into}) => ({tap, marker, into}))};
      return {track, key, title: item.title, at: item.at, fixed: Boolean(item.fixed), answer};
    });
  const body = {roleplay: "answers", format: 1, session: about.session, scenario: about.scenario,
    person: about.person, name: about.name, saved: now, answers};
  // Half of a letter, as some keyboards leave it behind, cannot be written to a file.
  const clean = JSON.parse(JSON.stringify(body, (_, value) =>
    typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value));
  return {...clean, checksum: checksum(canonical(clean))};
}

const dialog = document.getElementById("done");
const saved = document.getElementById("saved");
const asText = document.getElementById("as-text");

function savedNow(now, words) {
  kept.saved = now;
  store();
  saved.textContent = words;
}

document.getElementById("save").addEventListener("click", () => {
  const open = parts.filter(part => missing(part) && all(part, "input, textarea").some(one => !one.disabled));
  const box = document.getElementById("open");
  const first = document.createElement("p");
  first.textContent = open.length ? "Still open, and that may be right:" : "Nothing is left open.";
  const list = document.createElement("ul");
  list.append(...open.map(part => {
    const line = document.createElement("li"), link = document.createElement("a");
    link.href = "#";
    link.textContent = titleOf(part);
    link.addEventListener("click", event => {
      event.preventDefault();
      dialog.close();
      part.closest("details").open = true;
      part.scrollIntoView();
      const field = $(part, "input, textarea");
      if (field) field.focus({preventScroll: true});
    });
    line.append(link);
    return line;
  }));
  box.replaceChildren(first, ...open.length ? [list] : []);
  document.getElementById("alone").hidden = !parts.some(part => "private" in part.dataset);
  saved.textContent = "";
  asText.hidden = true;
  dialog.showModal();
});
document.getElementById("back").addEventListener("click", () => dialog.close());

document.getElementById("file").addEventListener("click", () => {
  const now = Date.now();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(answerFile(now), null, 1) + "\n"], {type: "application/json"}));
  link.download = about.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  savedNow(now, `Saved as ${about.file} at ${clock(now)}. Now send this file to the one who leads.`);
});

document.getElementById("text").addEventListener("click", async () => {
  const now = Date.now();
  const bytes = new TextEncoder().encode(JSON.stringify(answerFile(now)));
  const packed = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join("")).replace(/.{64}/g, "$&\n");
  const text = `BEGIN ROLEPLAY ANSWERS\n${packed}\nEND ROLEPLAY ANSWERS\n`;
  const box = $(asText, "textarea");
  box.value = text;
  asText.hidden = false;
  box.select();
  let copied = false;
  try { copied = document.execCommand("copy"); } catch (_) { copied = false; }
  if (!copied && navigator.clipboard) {
    try { await navigator.clipboard.writeText(text); copied = true; } catch (_) { copied = false; }
  }
  savedNow(now, copied ? "Copied." : "Copy the text below.");
});

window.addEventListener("beforeunload", event => { if (!keeps && unsaved()) event.preventDefault(); });
window.addEventListener("storage", event => {
  if (event.key !== place) return;
  try { if (!merge(stored())) return; } catch (_) { return; }
  for (const part of parts.filter(part => !part.contains(document.activeElement)))
    write(part, (kept.items[idOf(part)] || {}).answer);
  showAll();
});

try { merge(stored()); localStorage.setItem(place, JSON.stringify(kept)); } catch (_) { keeps = false; }
for (const part of parts) write(part, (kept.items[idOf(part)] || {}).answer);
const known = new Set(parts.map(idOf));
const others = Object.entries(kept.items).filter(([id, item]) => item.answer !== null && !known.has(id));
if (others.length) {
  const told = document.getElementById("told");
  told.textContent = `Kept from an earlier page, and saved with the rest: ${others.map(([, one]) => one.title).join("; ")}.`;
  told.hidden = false;
}
showAll();
clocks.forEach(showClock);
})();
