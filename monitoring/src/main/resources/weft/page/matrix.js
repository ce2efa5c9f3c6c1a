// Clusters against true classes, as a table that is shaded.
import { labelName } from "./dataset.js";
import { byId, make, write } from "./dom.js";
import { token } from "./palette.js";

const MOST_COLUMNS = 30;
/** Which labels are the most common ones changes while images flow; the columns follow at leisure. */
const COLUMNS_EVERY_MILLIS = 10_000;
const NOTE = "Percent of each cluster's recent labelled images. Strong colour: more than half are of that class.";

export class Matrix {
  #details;
  #columns = [];
  #rows = new Map();
  #key = "";
  #chosenAt = 0;

  constructor(details) {
    this.#details = details;
  }

  /** @param known how many labels there are so far */
  show(selected, known) {
    const sums = total(selected.clusters);
    byId("matrix-empty").hidden = sums.size > 0;
    byId("matrix").hidden = sums.size === 0;
    byId("matrix-note").hidden = sums.size === 0;
    this.#choose(selected, sums, known);
    const shade = token("--shade");
    for (const cluster of selected.clusters) {
      const row = this.#rows.get(cluster.cluster);
      const sum = Object.values(cluster.labels).reduce((all, one) => all + one, 0);
      write(row.name, `${cluster.name ?? "Cluster"} ${cluster.cluster}`);
      this.#columns.forEach((label, at) => {
        const share = sum ? (cluster.labels[label] ?? 0) / sum : 0;
        const cell = row.cells[at];
        write(cell, share >= 0.005 ? String(Math.round(100 * share)) : "");
        // The step at one half leaves out the shades on which neither light nor dark text can be read well.
        const depth = share < 0.5 ? 0.06 + 0.8 * share : 0.68 + 0.32 * share;
        cell.style.background = share >= 0.005 ? `rgba(${shade}, ${depth.toFixed(3)})` : "";
        cell.style.color = share >= 0.5 ? token("--card") : "";
      });
    }
  }

  /** Columns for every label; of many, for the most common ones, in the order of their numbers. */
  #choose(selected, sums, known) {
    const place = selected.pipeline + "/" + selected.page;
    const many = known > MOST_COLUMNS;
    // Names that came after their labels are shown at once.
    const shown = `${place} ${this.#columns.map(labelName).join()}`;
    const settled = this.#key === shown && Date.now() - this.#chosenAt < COLUMNS_EVERY_MILLIS;
    if (many && settled && this.#columns.length === MOST_COLUMNS) {
      return;
    }
    const columns = many
      ? [...sums].sort((a, b) => b[1] - a[1]).slice(0, MOST_COLUMNS).map(([label]) => label).sort((a, b) => a - b)
      : Array.from({ length: known }, (_, label) => label);
    const names = columns.map(labelName);
    const key = `${place} ${names.join()}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#columns = columns;
      this.#build(selected, names);
    }
    this.#chosenAt = Date.now();
    write(byId("matrix-note"), many ? `${NOTE} Shown are the ${columns.length} most common of ${known} labels.` : NOTE);
  }

  #build(selected, names) {
    this.#rows.clear();
    const head = make("tr", {}, make("td"), ...names.map((name) => make("th", { scope: "col", title: name }, make("span", {}, name))));
    head.firstChild.style.background = "none";
    byId("matrix").tHead.replaceChildren(head);
    byId("matrix").tBodies[0].replaceChildren(...selected.clusters.map(({ cluster }) => {
      const name = make("button", { type: "button" });
      name.addEventListener("click", () => this.#details.cluster(selected.pipeline, cluster));
      const cells = names.map(() => make("td"));
      this.#rows.set(cluster, { name, cells });
      return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
    }));
  }
}

/** How many images each label has in these clusters. */
function total(clusters) {
  const sums = new Map();
  for (const cluster of clusters) {
    for (const [label, one] of Object.entries(cluster.labels)) {
      sums.set(Number(label), (sums.get(Number(label)) ?? 0) + one);
    }
  }
  return sums;
}
