// Accuracy and homogeneity of every pipeline over the images scored.
import { byId, count, write } from "./dom.js";
import { mark } from "./events.js";
import { onScheme, pipelineColour, token } from "./palette.js";

const MOST_POINTS = 1200;
const FIGURES = ["Accuracy", "Homogeneity"];

export class Charts {
  #names = [];
  #points = new Map();
  #plots = new Map();
  #slice = "prequential";
  #span = "Window";
  #touched = false;
  #events = [];
  #onChoice;

  /** @param onChoice called when other figures are to be shown */
  constructor(onChoice) {
    this.#onChoice = onChoice;
    for (const button of document.querySelectorAll("[data-slice]")) {
      button.addEventListener("click", () => { this.#touched = true; this.#choose("slice", button); this.#onChoice(); });
    }
    for (const button of document.querySelectorAll("[data-span]")) {
      button.addEventListener("click", () => { this.#choose("span", button); this.#onChoice(); });
    }
    onScheme(() => this.#rebuild());
    new ResizeObserver(() => this.#resize()).observe(byId("chart-accuracy"));
  }

  begin(names, history) {
    this.#names = names;
    this.#points = new Map(Object.entries(history).map(([name, points]) => [name, [...points]]));
    this.#rebuild();
  }

  /** The value that the cards show. */
  now(pipeline, figure) {
    return pipeline.point?.values[this.#names.indexOf(this.#slice + this.#span + figure)];
  }

  colour(pipeline) {
    return pipelineColour([...this.#points.keys()].sort().indexOf(pipeline));
  }

  /** The events to mark from the next drawing on. */
  mark(events) {
    this.#events = events;
  }

  add(pipelines) {
    let fresh = false;
    for (const { pipeline, point } of pipelines) {
      if (!point) {
        continue;
      }
      if (!this.#points.has(pipeline)) {
        this.#points.set(pipeline, []);
        fresh = true;
      }
      const points = this.#points.get(pipeline);
      const last = points.at(-1);
      if (last && point.images < last.images) {
        points.length = 0;
      }
      if (!last || point.images !== last.images) {
        points.push(point);
      }
      if (points.length > MOST_POINTS) {
        this.#points.set(pipeline, points.filter((_, i) => i % 2 === 0 || i === points.length - 1));
      }
    }
    this.#fallBack(pipelines);
    if (fresh) {
      this.#rebuild();
    } else {
      this.#draw();
    }
  }

  /** A scorer that came late has seen no image before its training did: then there is something else to show. */
  #fallBack(pipelines) {
    const has = (slice) => pipelines.some((one) =>
      one.point && one.point.values[this.#names.indexOf(slice + "WindowAccuracy")] != null);
    if (!this.#touched && !has(this.#slice)) {
      const other = ["prequential", "test", "trained"].find(has);
      if (other) {
        this.#choose("slice", document.querySelector(`[data-slice="${other}"]`));
      }
    }
  }

  #choose(kind, button) {
    for (const other of document.querySelectorAll(`[data-${kind}]`)) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    if (kind === "slice") {
      this.#slice = button.dataset.slice;
    } else {
      this.#span = button.dataset.span;
    }
    this.#draw();
  }

  #data(figure) {
    const at = this.#names.indexOf(this.#slice + this.#span + figure);
    const tables = [...this.#points.keys()].sort().map((name) => {
      const points = this.#points.get(name);
      return [points.map((point) => point.images), points.map((point) => point.values[at] ?? null)];
    });
    return tables.length === 0 ? [[]] : uPlot.join(tables);
  }

  #rebuild() {
    const names = [...this.#points.keys()].sort();
    const legend = names.map((name) => {
      const item = document.createElement("li");
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = this.colour(name);
      item.append(swatch, name);
      return item;
    });
    byId("legend").replaceChildren(...legend);
    this.#explain();
    for (const figure of FIGURES) {
      this.#plots.get(figure)?.destroy();
      this.#plots.set(figure, this.#plot(figure, names));
    }
  }

  #plot(figure, names) {
    const host = byId("chart-" + figure.toLowerCase());
    const axis = { stroke: token("--soft"), grid: { stroke: token("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    return new uPlot({
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: { points: { size: 7 }, drag: { x: false, y: false } },
      padding: [8, 18, 0, 0],
      hooks: { draw: [(plot) => mark(plot, this.#events)] },
      scales: { x: { time: false }, y: { range: (_, low, high) => range(low, high) } },
      axes: [
        { ...axis, size: 30, space: 70, values: (_, ticks) => ticks.map(short) },
        { ...axis, size: 46, values: (_, ticks) => ticks.map((tick) => (100 * tick).toFixed(0) + " %") },
      ],
      series: [{}, ...names.map((name) => ({ label: name, stroke: this.colour(name), width: 2.2, spanGaps: true, points: { show: false } }))],
    }, this.#data(figure), host);
  }

  #draw() {
    this.#explain();
    for (const figure of FIGURES) {
      this.#plots.get(figure)?.setData(this.#data(figure));
    }
  }

  /** Figures compare clusters with labels: without any there is nothing to draw. */
  #explain() {
    const points = [...this.#points.values()].flatMap((some) => some.slice(-1));
    const judged = points.some((point) => point.values.some((one) => one != null));
    byId("charts").hidden = !judged;
    byId("legend").hidden = !judged;
    byId("charts-empty").hidden = judged;
    write(byId("charts-empty"), points.length === 0
      ? "Waiting for the first figures."
      : "No image has a label so far. Accuracy and homogeneity compare clusters with labels.");
  }

  #resize() {
    for (const figure of FIGURES) {
      const host = byId("chart-" + figure.toLowerCase());
      this.#plots.get(figure)?.setSize({ width: host.clientWidth, height: host.clientHeight });
    }
  }
}

function range(low, high) {
  if (low == null || high == null) {
    return [0, 1];
  }
  const from = Math.max(0, Math.floor((low - 0.03) * 20) / 20);
  const to = Math.min(1, Math.ceil((high + 0.03) * 20) / 20);
  return [from, Math.max(to, from + 0.1)];
}

function short(value) {
  return value >= 1000 ? count(value / 1000) + "k" : count(value);
}
