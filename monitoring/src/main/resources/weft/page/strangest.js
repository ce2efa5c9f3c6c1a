// The images of the last hour that lie furthest out in their clusters.
import { describe } from "./dataset.js";
import { byId, make, strip, write } from "./dom.js";

const DRAWN_EVERY_MILLIS = 4000;

export class Strangest {
  #details;
  #drawnAt = 0;
  #drawn = "";

  constructor(details) {
    this.#details = details;
  }

  show(selected) {
    const strangest = selected.strangest;
    byId("strangest-empty").hidden = strangest.length > 0;
    write(byId("strangest-of"), "of " + selected.pipeline);
    const key = selected.pipeline + strangest.map((one) => one.id + one.outlier).join();
    // Who stands on one by keyboard keeps it; another pipeline's images have to go at once.
    const list = byId("strangest");
    const same = list.dataset.pipeline === selected.pipeline;
    const early = list.contains(document.activeElement) || Date.now() - this.#drawnAt < DRAWN_EVERY_MILLIS;
    if (key === this.#drawn || (same && early)) {
      return;
    }
    this.#drawnAt = Date.now();
    this.#drawn = key;
    this.#draw(selected.pipeline, strangest);
  }

  async #draw(pipeline, strangest) {
    const key = this.#drawn;
    const items = strangest.map((one) => {
      const tile = make("span", { className: "tile" });
      const button = make("button", { type: "button", className: "thumb" }, tile);
      button.dataset.image = one.id;
      button.setAttribute("aria-label", `${describe(one)}: further out than ${share(one.outlier)} of cluster ${one.cluster}`);
      button.addEventListener("click", () => this.#details.image(one.id));
      return { tile, item: make("li", {}, button, make("span", { className: "share" }, `${share(one.outlier)} of #${one.cluster}`)) };
    });
    await strip(strangest.map((one) => one.id), () => items.map((one) => one.tile));
    if (key === this.#drawn) {
      byId("strangest").dataset.pipeline = pipeline;
      byId("strangest").replaceChildren(...items.map((one) => one.item));
    }
  }
}

/** Never rounded up to all of them. */
function share(outlier) {
  return outlier >= 0.99995 ? "> 99.99 %" : (Math.floor(10000 * outlier) / 100).toFixed(2) + " %";
}
