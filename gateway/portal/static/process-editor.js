// The editor of a process over the text field that the page sends: what is drawn is written there.
"use strict";

const area = document.querySelector("#bpmn");
const form = document.querySelector("#edit");
const editor = document.querySelector("#editor");
const told = document.querySelector("#live");
const fields = [...document.querySelectorAll("#properties [data-property]")];
let modeler;
let marked = [];
let asked = 0;
let chosen = null;
let writing = Promise.resolve();
let pending;

// The text is the truth: buttons send it, so it follows every change at once.
const write = async () => {
  const { xml } = await modeler.saveXML({ format: true });
  area.value = xml;
};

const lint = async () => {
  const mine = ++asked;
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, bpmn: area.value });
  const answer = await fetch(editor.dataset.lint, { method: "POST", body }).catch(() => null);
  const found = await answer?.json().catch(() => null);
  if (mine === asked) show(found);
};

const show = (found) => {
  const canvas = modeler.get("canvas");
  for (const [element, mark] of marked) if (modeler.get("elementRegistry").get(element)) canvas.removeMarker(element, mark);
  marked = [];
  if (!found) return (told.textContent = told.dataset.away);
  const findings = found.findings ?? found.errors.map((e) => ({ element: "", severity: "error", message: e.message }));
  if (!findings.length) return (told.textContent = told.dataset.sound);
  const list = document.createElement("ol");
  list.className = "plain findings";
  for (const { element, severity, message } of findings) {
    const line = document.createElement("li");
    line.className = severity;
    line.textContent = `${told.dataset[severity] ?? severity} ${element} ${message}`;
    list.append(line);
    if (!modeler.get("elementRegistry").get(element)) continue;
    canvas.addMarker(element, `finding-${severity}`);
    marked.push([element, `finding-${severity}`]);
  }
  told.replaceChildren(list);
};

const value = (element, name) => {
  const object = element.businessObject;
  if (name === "condition") return object.conditionExpression?.body ?? "";
  return (name === "name" ? object.name : object.get(name)) ?? "";
};

const choose = (elements) => {
  chosen = elements.length === 1 ? elements[0] : null;
  document.querySelector("#properties").hidden = !chosen;
  document.querySelector("#nothing-chosen").hidden = Boolean(chosen);
  if (!chosen) return;
  for (const part of document.querySelectorAll("#properties [data-for]")) {
    part.hidden = !chosen.businessObject.$instanceOf(part.dataset.for);
  }
  for (const field of fields) field.value = value(chosen, field.dataset.property);
};

const change = ({ target }) => {
  const name = target.dataset.property;
  const given = target.value.trim() || undefined;
  if (!chosen || (given ?? "") === value(chosen, name)) return;
  const modeling = modeler.get("modeling");
  const condition = given && modeler.get("moddle").create("bpmn:FormalExpression", { body: given });
  modeling.updateProperties(chosen, name === "condition" ? { conditionExpression: condition } : { [name]: given });
};

// The whole drawing, beside the tools and not under them.
const TOOLS = 120;
const EDGE = 20;
const fit = () => {
  const canvas = modeler.get("canvas");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, (outer.width - TOOLS - EDGE) / inner.width, (outer.height - 2 * EDGE) / inner.height);
  const [width, height] = [outer.width / scale, outer.height / scale];
  if (scale > 0) canvas.viewbox({ x: inner.x - TOOLS / scale, y: inner.y - (height - inner.height) / 2, width, height });
};

const begin = async () => {
  editor.hidden = false;
  modeler = new BpmnJS({ container: "#canvas" });
  try {
    await modeler.importXML(area.value);
  } catch {
    editor.hidden = true; // a text that cannot be drawn is still edited as text
    return;
  }
  fit();
  document.querySelector("#as-text").hidden = true;
  modeler.on("commandStack.changed", () => {
    writing = write();
    clearTimeout(pending);
    pending = setTimeout(() => writing.then(lint), 500);
  });
  modeler.on("selection.changed", ({ newSelection }) => choose(newSelection));
  for (const field of fields) field.addEventListener("change", change);
  lint();
};

// A chosen file is opened in the editor, not sent past it.
document.querySelector("#bpmn_file").addEventListener("change", async ({ target }) => {
  const file = target.files[0];
  if (!file || !modeler) return;
  const text = await file.text();
  try {
    await modeler.importXML(text);
    area.value = text;
    target.value = "";
    lint();
  } catch {
    // The server says what is wrong with it.
  }
});

// Enter in a field of an element changes the element; only buttons send the page.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.dataset.property) return;
  event.preventDefault();
  change(event);
});

begin();
