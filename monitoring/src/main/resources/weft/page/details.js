// The dialog: the members of a cluster, or one image with what every pipeline made of it.
import { dataset, describe, labelName } from "./dataset.js";
import { byId, count, make, picture, write } from "./dom.js";

const MOST_NAMED = 12;

export class Details {
  selected;
  #dialog = byId("dialog");
  #from;

  constructor() {
    byId("dialog-close").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => { this.#from = undefined; });
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
  }

  async cluster(pipeline, cluster) {
    this.#from = { pipeline, cluster };
    const known = this.selected?.clusters.find((one) => one.cluster === cluster);
    const view = await this.#ask(`/api/clusters/${encodeURIComponent(pipeline)}/${cluster}`);
    const title = `${known?.name ? known.name + " · c" : "C"}luster ${cluster} of ${pipeline}`;
    if (view.error) {
      this.#open(title, make("p", { className: "hint" }, view.error));
      return;
    }
    const centre = make("figure", {},
      make("img", { className: "tile", alt: "", src: `/clusters/${encodeURIComponent(pipeline)}/${cluster}.png?v=${this.selected?.modelVersion ?? 0}` }),
      make("figcaption", {}, "centre"));
    const members = make("div", { className: "members" }, ...view.members.map((member) => this.#thumb(member)));
    this.#open(title,
      make("div", { className: "intro" }, centre, make("p", { className: "hint" }, this.#mix(known))),
      make("p", { className: "hint" }, view.members.length ? `The newest ${count(view.members.length)} members` : "No members among the recent images"),
      members);
  }

  #mix(cluster) {
    const counts = Object.entries(cluster?.labels ?? {});
    const sum = counts.reduce((total, [, one]) => total + one, 0);
    if (!sum) {
      return "";
    }
    return "True classes lately: " + counts
      .map(([label, one]) => [one / sum, labelName(label)])
      .filter(([share]) => share >= 0.02)
      .sort((a, b) => b[0] - a[0])
      .slice(0, MOST_NAMED)
      .map(([share, name]) => `${name} ${Math.round(100 * share)} %`)
      .join(", ") + ".";
  }

  async image(id) {
    const view = await this.#ask(`/api/images/${encodeURIComponent(id)}`);
    if (view.error) {
      this.#open(id, make("p", { className: "hint" }, "This image is no longer among the recent ones."));
      return;
    }
    const pictures = [make("figure", {}, make("img", { className: "tile", alt: "The image", src: picture(id) }), make("figcaption", {}, dataset.vector ? "vector" : "image"))];
    for (const model of view.reconstructions) {
      pictures.push(make("figure", {},
        make("img", { className: "tile", alt: `Reconstruction by model ${model}`, src: `/reconstructions/${encodeURIComponent(model)}/${encodeURIComponent(id)}.png` }),
        make("figcaption", {}, `through ${model}`)));
    }
    const facts = `${view.split} split, epoch ${view.epoch}` + (view.label == null ? ", no label" : `, true class ${labelName(view.label)}`);
    const rows = Object.entries(view.placements).map(([pipeline, placement]) => make("tr", {},
      make("td", {}, pipeline),
      make("td", {}, `${placement.name ?? ""} #${placement.cluster}`.trim()),
      make("td", {}, placement.score.toPrecision(3)),
      make("td", {}, placement.margin.toPrecision(3)),
      make("td", {}, placement.outlier == null ? "–" : placement.outlier.toFixed(4)),
      make("td", {}, count(placement.modelVersion)),
      make("td", {}, placement.trainedOn ? "yes" : "no")));
    const table = make("table", { className: "placements" },
      make("thead", {}, make("tr", {}, ...["Pipeline", "Cluster", "Score", "Margin", "Outlier", "Version", "Learnt from"].map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, ...rows));
    this.#open(id, ...this.#back(), make("div", { className: "intro" }, ...pictures), make("p", { className: "hint" }, facts), make("div", { className: "scroll" }, table));
  }

  /** The way back to the cluster that the image was chosen from. */
  #back() {
    if (!this.#from) {
      return [];
    }
    const { pipeline, cluster } = this.#from;
    const button = make("button", { type: "button", className: "back" }, `Back to cluster ${cluster}`);
    button.addEventListener("click", () => this.cluster(pipeline, cluster));
    return [button];
  }

  #thumb(member) {
    const button = make("button", { type: "button", className: "thumb" },
      make("img", { className: "tile", width: dataset.width, height: dataset.height, src: picture(member.id), alt: describe(member) }));
    button.addEventListener("click", () => this.image(member.id));
    return button;
  }

  async #ask(address) {
    try {
      return await (await fetch(address)).json();
    } catch {
      return { error: "The connection is lost." };
    }
  }

  #open(title, ...content) {
    write(byId("dialog-title"), title);
    byId("dialog-body").replaceChildren(...content);
    if (this.#dialog.open) {
      // What had the focus is gone; the title says what has come instead.
      byId("dialog-title").focus();
    } else {
      this.#dialog.showModal();
    }
    this.#dialog.scrollTop = 0;
  }
}
