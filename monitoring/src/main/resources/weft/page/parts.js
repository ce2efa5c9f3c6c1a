// The flow, the pipelines' cards, the models, and originals beside reconstructions.
import { dataset, describe } from "./dataset.js";
import { ago, byId, count, make, percent, seconds, strip, write } from "./dom.js";

export function showFlow(flow) {
  write(byId("flow-arriving"), count(flow.arrivingPerSecond));
  write(byId("flow-scored"), count(flow.scoredPerSecond));
  write(byId("flow-p50"), seconds(flow.latencyP50));
  write(byId("flow-p99"), seconds(flow.latencyP99));
  write(byId("flow-behind"), count(flow.behind));
  write(byId("flow-images"), count(flow.images));
}

const ALGORITHMS = { kmeans: "k-means", gmm: "Gaussian mixture" };

// Families that have one kind of clusterer: FAMILY-K.
const WHOLE = { imsat: "networks that vote", micro: "micro-clusters in groups" };

function values() {
  return dataset.vector ? "the values as they come" : "pixels";
}

function explain(name) {
  const [pipeline, run] = name.split("@");
  const [space, algorithm, k] = pipeline.split("-");
  if (space in WHOLE) {
    return `${WHOLE[space]}, ${algorithm} clusters${run ? `, run ${run}` : ""}`;
  }
  const where = space === "raw" ? `on ${values()}` : "on learnt codes";
  const named = run ? `, run ${run}` : "";
  return algorithm in ALGORITHMS ? `${ALGORITHMS[algorithm]} ${where}, ${k} clusters${named}` : name;
}

export class Pipelines {
  #cards = new Map();
  #select;

  constructor(select) {
    this.#select = select;
  }

  show(pipelines, selected, charts) {
    byId("pipelines-empty").hidden = pipelines.length > 0;
    for (const one of pipelines) {
      if (!this.#cards.has(one.pipeline)) {
        this.#add(one.pipeline);
      }
      const card = this.#cards.get(one.pipeline);
      card.root.setAttribute("aria-pressed", String(one.pipeline === selected));
      card.swatch.style.background = charts.colour(one.pipeline);
      write(card.accuracy, percent(charts.now(one, "Accuracy")));
      write(card.homogeneity, percent(charts.now(one, "Homogeneity")));
      const nmi = charts.now(one, "Nmi");
      write(card.more, [
        nmi == null ? "" : `NMI ${nmi.toFixed(3)}`,
        one.figures.testAccuracyHungarian == null ? "" : `test, one to one ${percent(one.figures.testAccuracyHungarian)}`,
        one.modelVersion ? `version ${count(one.modelVersion)}` : "no figures yet",
      ].filter(Boolean).join("  ·  "));
    }
    for (const [name, card] of this.#cards) {
      if (!pipelines.some((one) => one.pipeline === name)) {
        card.root.remove();
        this.#cards.delete(name);
      }
    }
  }

  #add(name) {
    const swatch = make("span", { className: "swatch" });
    const accuracy = make("b");
    const homogeneity = make("b");
    const more = make("span", { className: "more" });
    const root = make("button", { type: "button", className: "pipeline" },
      make("span", {}, make("span", { className: "name" }, swatch, name), make("span", { className: "what" }, explain(name))),
      make("span", { className: "figures" },
        make("span", {}, accuracy, make("span", {}, "accuracy")),
        make("span", {}, homogeneity, make("span", {}, "homogeneity"))),
      more);
    root.dataset.pipeline = name;
    root.addEventListener("click", () => this.#select(name));
    this.#cards.set(name, { root, swatch, accuracy, homogeneity, more });
    byId("pipelines").replaceChildren(...[...this.#cards.keys()].sort().map((key) => this.#cards.get(key).root));
  }
}

export class Models {
  show(models) {
    byId("models-empty").hidden = models.length > 0;
    const cards = models.map((model) => make("div", { className: "card" },
      make("h3", {}, model.model === "raw" ? `raw · ${values()}` : `${model.model} · codes of ${model.codeSize} values`),
      make("dl", {},
        ...row("version", count(model.version)),
        ...row("published", ago(model.publishedAt)),
        ...Object.entries(model.losses).flatMap(([name, value]) => row(name, value.toPrecision(4))))));
    byId("models").replaceChildren(...cards);
  }
}

function row(name, value) {
  return [make("dt", {}, name), make("dd", {}, value)];
}

const PAIRS_EVERY_MILLIS = 4000;

export class Pairs {
  #details;
  #drawnAt = 0;
  #drawn = "";

  constructor(details) {
    this.#details = details;
  }

  show(recent, models) {
    const model = models.find((one) => one.decodes);
    byId("pairs-section").hidden = models.length > 0 && !model;
    byId("pairs-empty").hidden = Boolean(model && recent.length);
    const key = model ? model.version + recent.map((member) => member.id).join() : "";
    // Who stands on one by keyboard keeps it.
    const held = byId("pairs").contains(document.activeElement);
    if (!model || held || key === this.#drawn || Date.now() - this.#drawnAt < PAIRS_EVERY_MILLIS) {
      return;
    }
    this.#drawnAt = Date.now();
    this.#drawn = key;
    this.#draw(recent, model);
  }

  async #draw(recent, model) {
    const ids = recent.map((member) => member.id);
    const items = recent.map((member) => {
      const before = make("span", { className: "tile" });
      const after = make("span", { className: "tile" });
      const button = make("button", { type: "button", className: "thumb" }, before, after);
      button.setAttribute("aria-label", `${describe(member)} and its reconstruction`);
      button.addEventListener("click", () => this.#details.image(member.id));
      return { before, after, item: make("li", {}, button) };
    });
    await Promise.all([
      strip(ids, () => items.map((one) => one.before)),
      strip(ids, () => items.map((one) => one.after), model.model, model.version),
    ]);
    byId("pairs").replaceChildren(...items.map((one) => one.item));
  }
}
