// What happened to the stream, the clusters and the models: a short list, and marks in the curves.
import { ago, byId, count, make, percent, write } from "./dom.js";

const NAMES = {
  "drift": "Drift",
  "drift-over": "Drift over",
  "birth": "Cluster born",
  "death": "Cluster gone",
  "split": "Cluster split",
  "merge": "Clusters merged",
  "rollback": "Rollback",
  "promotion": "Promotion",
  "challenge": "Challenge",
  "divergence": "Training failed",
};

function name(event) {
  return NAMES[event.kind] ?? event.kind;
}

/** What a kind of event tells beside its model. */
function said(event) {
  const { cluster, from, into, generation, signal, strength, sinceImages, why, by, run, challenger, begins } = event.details;
  switch (event.kind) {
    case "drift":
      return [signal && `by the ${signal}`, strength != null && `strength ${percent(strength, 0)}`,
        sinceImages != null && `since image ${count(sinceImages)}`].filter(Boolean).join(", ");
    case "drift-over":
      return "the stream is stable again";
    case "birth":
      return `cluster ${cluster} is new, generation ${generation}`;
    case "death":
      return `cluster ${cluster} has ended`;
    case "split":
      return `cluster ${cluster} comes from cluster ${from}, generation ${generation}`;
    case "merge":
      return `cluster ${cluster} went into cluster ${into}`;
    case "challenge":
      return [challenger && `run ${challenger} ${begins === false ? "is no longer" : "is"} scored beside ${run}`, by && `by ${by}`, why]
        .filter(Boolean).join(", ");
    default:
      return [run && `run ${run}`, event.modelVersion > 0 && `version ${count(event.modelVersion)}`, by && `by ${by}`, why]
        .filter(Boolean).join(", ");
  }
}

/** The whole event in one line. */
export function sentence(event) {
  const told = said(event);
  return `${name(event)} · ${event.pipeline ?? event.model}${told ? ": " + told : ""}, after ${count(event.images)} images`;
}

export class Events {
  #drawn = "";

  show(events) {
    byId("events-empty").hidden = events.length > 0;
    const key = JSON.stringify(events);
    if (key !== this.#drawn) {
      this.#drawn = key;
      byId("events").replaceChildren(...events.map(line));
    }
    events.forEach((event, at) => write(byId("events").children[at].querySelector("time"), ago(event.at)));
  }
}

function line(event) {
  const time = make("time", { title: new Date(event.at).toLocaleString() });
  time.dateTime = new Date(event.at).toISOString();
  const item = make("li", {},
    make("span", { className: "kind" }, name(event)),
    make("span", { className: "who" }, event.pipeline ?? event.model),
    make("span", { className: "told" }, said(event)),
    time);
  item.dataset.kind = event.kind;
  return item;
}

/** Puts a mark into a chart at each event; the list says the same to those who cannot see it. */
export function mark(plot, events) {
  const { min, max } = plot.scales.x;
  const seen = events.filter((event) => event.images >= min && event.images <= max);
  const marks = [...plot.over.querySelectorAll(".mark")];
  marks.slice(seen.length).forEach((one) => one.remove());
  seen.forEach((event, at) => {
    const one = marks[at] ?? plot.over.appendChild(make("div", { className: "mark", "aria-hidden": "true" }));
    one.dataset.kind = event.kind;
    one.title = sentence(event);
    one.style.left = `${plot.valToPos(event.images, "x")}px`;
  });
}
