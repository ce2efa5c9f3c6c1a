// Clusters against true classes, as a table that is shaded.
import { byId, make, write } from "./dom.js";
import { token } from "./palette.js";

export class Matrix {
  classes = [];
  #details;
  #rows = new Map();
  #key = "";

  constructor(details) {
    this.#details = details;
  }

  show(selected) {
    const labelled = selected.clusters.some((cluster) => cluster.labels.some((one) => one > 0));
    byId("matrix-empty").hidden = labelled;
    byId("matrix").hidden = !labelled;
    const key = selected.pipeline + "/" + selected.page;
    if (key !== this.#key) {
      this.#key = key;
      this.#build(selected);
    }
    const shade = token("--shade");
    for (const cluster of selected.clusters) {
      const row = this.#rows.get(cluster.cluster);
      const sum = cluster.labels.reduce((total, one) => total + one, 0);
      write(row.name, `${cluster.name ?? "Cluster"} ${cluster.cluster}`);
      cluster.labels.forEach((one, label) => {
        const share = sum ? one / sum : 0;
        const cell = row.cells[label];
        write(cell, share >= 0.005 ? String(Math.round(100 * share)) : "");
        // The step at one half leaves out the shades on which neither light nor dark text can be read well.
        const depth = share < 0.5 ? 0.06 + 0.8 * share : 0.68 + 0.32 * share;
        cell.style.background = share >= 0.005 ? `rgba(${shade}, ${depth.toFixed(3)})` : "";
        cell.style.color = share >= 0.5 ? token("--card") : "";
      });
    }
  }

  #build(selected) {
    this.#rows.clear();
    const head = make("tr", {}, make("td"), ...this.classes.map((name) => make("th", { scope: "col" }, make("span", {}, name))));
    head.firstChild.style.background = "none";
    byId("matrix").tHead.replaceChildren(head);
    byId("matrix").tBodies[0].replaceChildren(...selected.clusters.map(({ cluster }) => {
      const name = make("button", { type: "button" });
      name.addEventListener("click", () => this.#details.cluster(selected.pipeline, cluster));
      const cells = this.classes.map(() => make("td"));
      this.#rows.set(cluster, { name, cells });
      return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
    }));
  }
}
