// Every cluster: its centre, its name, how large and how pure it is, and who came last.
import { dataset, describe, labelName } from "./dataset.js";
import { byId, count, make, percent, strip, write } from "./dom.js";
import { colour } from "./palette.js";

const MEMBERS_EVERY_MILLIS = 2500;

export class Gallery {
  #cards = new Map();
  #pipeline = "";
  #page = 0;
  #details;
  #turn;

  constructor(details, turn) {
    this.#details = details;
    this.#turn = turn;
    byId("pager-back").addEventListener("click", () => this.#turn(this.#page - 1));
    byId("pager-on").addEventListener("click", () => this.#turn(this.#page + 1));
  }

  show(selected) {
    if (selected.pipeline !== this.#pipeline || selected.page !== this.#page) {
      this.#pipeline = selected.pipeline;
      this.#page = selected.page;
      this.#cards.clear();
      byId("gallery").replaceChildren();
    }
    byId("gallery-empty").hidden = selected.window > 0;
    byId("gallery").hidden = selected.window === 0;
    write(byId("clusters-of"), "of " + selected.pipeline);
    const hasLabels = selected.clusters.some((cluster) => Object.keys(cluster.labels).length > 0);
    write(byId("clusters-hint"), selected.window > 0 ? `${hasLabels ? "Sizes and purity" : "Sizes"} over the last ${count(selected.window)} images seen here.${hasLabels ? " Faded: of another class than most." : ""}` : "");
    for (const cluster of selected.clusters) {
      if (!this.#cards.has(cluster.cluster)) {
        this.#add(selected.pipeline, cluster.cluster);
      }
      this.#update(selected, cluster);
    }
    byId("pager").hidden = selected.pages < 2;
    byId("pager-back").disabled = selected.page === 0;
    byId("pager-on").disabled = selected.page === selected.pages - 1;
    write(byId("pager-at"), `${selected.page + 1} of ${selected.pages}`);
  }

  #add(pipeline, cluster) {
    const centre = make("img", { className: "tile", alt: "", width: dataset.width, height: dataset.height });
    const dot = make("span", { className: "dot" });
    const name = make("span");
    const facts = make("span", { className: "facts" });
    const bar = make("progress", { className: "bar", max: 1, value: 0 });
    const pure = make("span");
    const newest = make("div", { className: "newest" });
    const open = make("button", { type: "button", className: "cluster-open" },
      centre, make("span", { className: "text" }, make("span", { className: "title" }, dot, name, make("span", { className: "number" }, "#" + cluster)), facts, make("span", { className: "purity" }, bar, pure)));
    open.addEventListener("click", () => this.#details.cluster(pipeline, cluster));
    const root = make("article", { className: "cluster" }, open, newest);
    root.dataset.cluster = cluster;
    this.#cards.set(cluster, { root, dot, centre, name, facts, bar, pure, open, newest, version: -1, membersAt: 0, members: "" });
    byId("gallery").append(root);
  }

  #update(selected, cluster) {
    const card = this.#cards.get(cluster.cluster);
    const counts = Object.entries(cluster.labels);
    const labelled = counts.reduce((sum, [, one]) => sum + one, 0);
    const [label, most] = counts.reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0]);
    const major = Number(label);
    const purity = labelled ? most / labelled : null;
    const majorName = labelled ? labelName(major) : "";
    const name = cluster.name ?? (majorName || `Cluster ${cluster.cluster}`);
    write(card.name, name);
    card.name.title = name;
    card.dot.style.background = colour(cluster.cluster);
    const share = selected.window ? cluster.size / selected.window : 0;
    write(card.facts, `${percent(share)} of images`);
    card.bar.value = purity ?? 0;
    // The name is the assignments'; where the newest members say otherwise, they are named.
    const of = name === majorName ? "pure" : majorName;
    card.bar.parentElement.hidden = purity == null;
    write(card.pure, purity == null ? "" : `${percent(purity, 0)} ${of}`);
    card.root.setAttribute("aria-label", `Cluster ${cluster.cluster}, ${name}`);
    card.bar.setAttribute("aria-label", `Purity of cluster ${cluster.cluster}`);
    card.open.setAttribute("aria-label", `Cluster ${cluster.cluster}, ${name}: ${percent(share)} of images${purity == null ? "" : `, ${percent(purity, 0)} ${of}`}. Show members`);
    if (card.version !== selected.modelVersion && (selected.modelVersion > 0 || cluster.size > 0)) {
      card.version = selected.modelVersion;
      card.centre.src = `/clusters/${encodeURIComponent(selected.pipeline)}/${cluster.cluster}.png?v=${selected.modelVersion}`;
    }
    this.#members(card, cluster, major);
  }

  #members(card, cluster, major) {
    const key = cluster.newest.map((member) => member.id).join();
    if (key === card.members || Date.now() - card.membersAt < MEMBERS_EVERY_MILLIS) {
      return;
    }
    card.members = key;
    card.membersAt = Date.now();
    strip(cluster.newest.map((member) => member.id), () => this.#thumbs(card, cluster.newest, major));
  }

  /** The buttons stay and change who they show, so that the keyboard's place is kept. */
  #thumbs(card, members, major) {
    while (card.newest.children.length < members.length) {
      const button = make("button", { type: "button" }, make("span", { className: "tile" }));
      button.addEventListener("click", () => this.#details.image(button.dataset.image));
      card.newest.append(button);
    }
    while (card.newest.children.length > members.length) {
      card.newest.lastChild.remove();
    }
    return members.map((member, at) => {
      const button = card.newest.children[at];
      button.className = major >= 0 && member.label != null && member.label !== major ? "thumb odd" : "thumb";
      button.dataset.image = member.id;
      button.setAttribute("aria-label", describe(member));
      return button.firstChild;
    });
  }
}
