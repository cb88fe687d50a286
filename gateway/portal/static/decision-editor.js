// The editor of a decision over the text field that the page sends. dmn-js speaks DMN 1.3; the same model of a later
// edition is shown under that name and written back under its own. What it would lose, it is not given.
"use strict";

const MODEL = /https:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/MODEL\//;
const EDITION = "https://www.omg.org/spec/DMN/20191111/MODEL/";
const area = document.querySelector("#dmn");
const own = area.value.match(MODEL)?.[0] ?? EDITION;
let modeler;

const write = async () => {
  const { xml } = await modeler.saveXML({ format: true });
  area.value = xml.replaceAll(EDITION, own);
};

const watch = () => {
  const viewer = modeler.getActiveViewer();
  const bus = viewer?.get("eventBus");
  bus?.off("elements.changed", write);
  bus?.on("elements.changed", write);
};

const tabs = () => {
  const buttons = modeler.getViews().map((view) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet-button small-button";
    button.textContent = view.name ?? view.element.name ?? view.type;
    button.setAttribute("aria-pressed", String(view === modeler.getActiveView()));
    button.addEventListener("click", () => modeler.open(view));
    return button;
  });
  document.querySelector("#views").replaceChildren(...buttons);
  watch();
};

const begin = async () => {
  const editor = document.querySelector("#editor");
  editor.hidden = false;
  modeler = new DmnJS({ container: "#canvas" });
  modeler.on("views.changed", tabs);
  try {
    const { warnings } = await modeler.importXML(area.value.replaceAll(own, EDITION));
    if (warnings.length) throw new Error("would be lost");
    const table = modeler.getViews().find((view) => view.type !== "drd");
    if (table) await modeler.open(table);
    tabs();
  } catch {
    editor.hidden = true; // as text everything is still there
    document.querySelector("#unfit").hidden = false;
    return;
  }
  document.querySelector("#as-text").hidden = true;
};

begin();
