// Short notices at the foot of the page: what Slack shows when an app does not
// answer, and nothing else.

import { h, $, icon } from "./dom.js";

const MEANING = {
  operation_timeout: "Slack gives an app three seconds and repeats nothing by itself.",
  dispatch_failed: "Nothing happened. Try again once the app is connected.",
};

export function toast(text, code) {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close this notice" }, icon("close"));
  const known = MEANING[code];
  const node = h("div", { class: "toast", data: { testid: "toast", code: code || "" } },
    h("div", null, h("strong", null, text), known ? h("div", { class: "toast-more" }, known) : null), close);
  const gone = () => node.remove();
  close.addEventListener("click", gone);
  setTimeout(gone, 9000);
  const box = $("#toasts");
  while (box.children.length > 2) box.firstElementChild.remove();
  box.append(node);
}
