// dmn-js writes parts of itself as HTML with style attributes, which the content policy forbids. The same styles set
// through the style object are allowed, so they take that way; nothing else of what it writes is changed.
"use strict";

const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
Object.defineProperty(Element.prototype, "innerHTML", {
  configurable: true,
  enumerable: true,
  get,
  set(html) {
    set.call(this, String(html ?? "").replace(/(<[a-z][^<>]*?)\sstyle=/gi, "$1 data-own-style="));
    for (const part of this.querySelectorAll("[data-own-style]")) {
      part.style.cssText = part.dataset.ownStyle;
      part.removeAttribute("data-own-style");
    }
  },
});

// Its text editor fills style elements; a sheet made by a script and adopted by the document says the same.
const sheets = new WeakMap();
Object.defineProperty(HTMLStyleElement.prototype, "textContent", {
  configurable: true,
  set(text) {
    if (!sheets.has(this)) {
      sheets.set(this, new CSSStyleSheet());
      document.adoptedStyleSheets.push(sheets.get(this));
    }
    sheets.get(this).replaceSync(text);
  },
});
const put = Node.prototype.insertBefore;
HTMLHeadElement.prototype.insertBefore = function (node, before) {
  return node instanceof HTMLStyleElement ? node : put.call(this, node, before);
};
