// What makes the pages nicer when scripts run. Every page works without.
"use strict";

const $ = (selector) => document.querySelector(selector);

// The error summary is what is read first.
if ($("#summary")) $("#summary").focus();

// One click, one submission: the second click waits for the first.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) setTimeout(() => (button.disabled = true), 0);
  });
}
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
  say("");
});

// What takes longer than a second says so.
let slow;
const say = (words) => {
  clearTimeout(slow);
  if (!$("#working")) return;
  $("#working").hidden = !words;
  $("#working").textContent = words;
};
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) slow = setTimeout(() => say($("#working")?.dataset.say ?? ""), 1000);
});

// On a narrow screen a table is read row by row, each cell beside the name of its column.
const stack = () => {
  for (const table of document.querySelectorAll("main table:not(.inbox, .grid-table, .stacked)")) {
    const names = [...table.querySelectorAll("thead th")].map((cell) => cell.innerText.trim());
    if (!names.length || table.querySelector("[rowspan], [colspan]")) continue;
    table.classList.add("stacked");
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of table.querySelectorAll("tr")) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, at) => {
        cell.dataset.label = names[at] ?? "";
        cell.setAttribute("role", { col: "columnheader", row: "rowheader" }[cell.scope] ?? "cell");
        // One child beside the label, whatever the cell holds.
        if (row.parentNode.tagName === "TBODY" && cell.childNodes.length) {
          const held = document.createElement("div");
          held.append(...cell.childNodes);
          cell.append(held);
        }
      });
    }
  }
};
stack();

// A form is kept while it is filled in, so that another device can go on.
const kept = $("form[data-autosave]");
if (kept) {
  let waiting;
  const save = async () => {
    const body = new URLSearchParams(new FormData(kept));
    body.set("action", "autosave");
    body.delete("consent");
    try {
      const answer = await fetch(kept.action, { method: "POST", body });
      const said = kept.querySelector("[data-saved]");
      if (answer.status === 204 && said) said.textContent = said.dataset.saved;
    } catch {
      // Away from the network: the next change tries again.
    }
  };
  kept.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  });
  kept.addEventListener("submit", () => clearTimeout(waiting));
}

// The case follows itself: what happened since is fetched as this page, without losing what is being typed.
const live = $("#live[data-events]");
if (live && window.EventSource) {
  const source = new EventSource(live.dataset.events);
  let last = Number(live.dataset.last);
  source.onmessage = async (event) => {
    if (Number(event.lastEventId) <= last) return;
    last = Number(event.lastEventId);
    const page = await fetch(location.pathname);
    if (!page.ok) return;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    for (const selector of ["#live", ".status-line"]) {
      const [now, then] = [fresh.querySelector(selector), $(selector)];
      if (now && then) then.replaceChildren(...now.childNodes);
    }
    stack();
    const ended = fresh.querySelector("#rating");
    if (ended && !$("#rating")) live.after(ended);
  };
  addEventListener("pagehide", () => source.close());
}

// Work in the background is followed until it is done.
const follow = async () => {
  if (!$("[data-follow]")) return;
  const page = await fetch(location.href).catch(() => null);
  if (page?.ok) {
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("main");
    if (fresh) $("main").replaceChildren(...fresh.childNodes);
    stack();
  }
  setTimeout(follow, 1000);
};
setTimeout(follow, 1000);

// The desk by keyboard: j and k move, o opens, x ticks, c claims, / searches.
const links = [...document.querySelectorAll("[data-inbox] [data-open]")];
addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = links.indexOf(document.activeElement);
  if (event.key === "j" && links.length) links[Math.min(at + 1, links.length - 1)].focus();
  if (event.key === "k" && links.length) links[Math.max(at - 1, 0)].focus();
  if (event.key === "o" && at >= 0) links[at].click();
  const row = at >= 0 ? links[at].closest("tr") : null;
  if (event.key === "x" && row) row.querySelector("[name=ids]")?.click();
  if (event.key === "c" && row) row.querySelector("[data-claim]")?.click();
  if (event.key === "/") {
    const search = $("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    } else location.assign("/");
  }
});
