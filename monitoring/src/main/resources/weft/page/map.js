// The map of recent codes: points on a canvas, each cluster named where it lies.
import { labelName } from "./dataset.js";
import { byId, write } from "./dom.js";
import { colour, onScheme, token } from "./palette.js";

const ASK_EVERY_MILLIS = 5000;
const POINT = 3.2;
const NEAR = 14;
const MARGIN = 16;
const MOST_NAMED = 24;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class LatentMap {
  #details;
  #selected;
  #map = { points: [] };
  #by = "cluster";
  #places = [];
  #names = "";
  #at;

  constructor(details) {
    this.#details = details;
    for (const button of document.querySelectorAll("[data-colour]")) {
      button.addEventListener("click", () => {
        this.#by = button.dataset.colour;
        for (const other of document.querySelectorAll("[data-colour]")) {
          other.setAttribute("aria-pressed", String(other === button));
        }
        this.#draw();
      });
    }
    byId("map").addEventListener("click", (event) => this.#pick(event));
    byId("map").addEventListener("keydown", (event) => this.#key(event));
    byId("map").addEventListener("blur", () => this.#draw());
    byId("map").addEventListener("focus", () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(byId("map"));
    onScheme(() => this.#draw());
    setInterval(() => this.#ask(), ASK_EVERY_MILLIS);
  }

  follow(selected, labels) {
    byId("map-colour").hidden = labels === 0;
    const other = this.#selected?.model !== selected.model;
    const names = [selected.pipeline, labels, ...selected.clusters.map((one) => one.name)].join();
    const renamed = this.#names !== names;
    this.#names = names;
    this.#selected = selected;
    if (other) {
      this.#map = { points: [] };
      this.#ask();
    }
    if (other || renamed) {
      this.#draw();
    }
  }

  async #ask() {
    if (!this.#selected || document.hidden) {
      return;
    }
    const model = this.#selected.model;
    try {
      const answer = await fetch("/api/map/" + encodeURIComponent(model));
      if (answer.ok && model === this.#selected.model) {
        const map = await answer.json();
        if (map.computedAt !== this.#map.computedAt) {
          this.#map = map;
          this.#draw();
        }
      }
    } catch {
      // The live stream tells that the connection is lost.
    }
  }

  #group(point) {
    return this.#by === "label" ? point.label : point.clusters[this.#selected.pipeline];
  }

  #name(group) {
    if (this.#by === "label") {
      return labelName(group);
    }
    const cluster = this.#selected.clusters.find((one) => one.cluster === group);
    return cluster?.name ? `${cluster.name} ${group}` : `Cluster ${group}`;
  }

  #draw() {
    const canvas = byId("map");
    const points = this.#map.points;
    byId("map-empty").hidden = points.length > 0;
    canvas.hidden = points.length === 0;
    if (points.length === 0) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = canvas;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const [left, right] = extent(points.map((point) => point.x));
    const [top, bottom] = extent(points.map((point) => point.y));
    const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top));
    this.#places = points.map((point) => ({
      x: width / 2 + (point.x - (left + right) / 2) * scale,
      y: height / 2 + (point.y - (top + bottom) / 2) * scale,
      point,
      group: this.#group(point),
    }));
    pen.globalAlpha = 0.78;
    for (const place of this.#places) {
      pen.fillStyle = place.group == null ? token("--line") : colour(place.group);
      pen.beginPath();
      pen.arc(place.x, place.y, POINT, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.globalAlpha = 1;
    const named = this.#labels(pen);
    const at = this.#place();
    if (at && document.activeElement === canvas) {
      pen.lineWidth = 2.5;
      pen.strokeStyle = token("--ink");
      pen.beginPath();
      pen.arc(at.x, at.y, 3 * POINT, 0, 2 * Math.PI);
      pen.stroke();
    }
    canvas.setAttribute("aria-label", `Map of ${points.length} recent images in ${named.length} groups: ${listed(named)}`);
    write(byId("map-note"), `${points.length} recent images, laid out by t-SNE so that like codes of model ${this.#map.model} lie together. Click a point to see its image, or go there by arrow keys and Enter.`);
  }

  /** Names groups at their middle, the median, so that strays do not pull the name away. */
  #labels(pen) {
    const groups = new Map();
    for (const place of this.#places) {
      if (place.group != null) {
        groups.set(place.group, [...(groups.get(place.group) ?? []), place]);
      }
    }
    pen.font = "600 12px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const taken = [];
    const names = [];
    for (const [group, places] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
      const name = this.#name(group);
      names.push(name);
      if (places.length < 8 || taken.length >= MOST_NAMED) {
        continue;
      }
      const x = median(places.map((place) => place.x));
      let y = median(places.map((place) => place.y));
      while (taken.some((other) => Math.abs(other.y - y) < 15 && Math.abs(other.x - x) < 84)) {
        y += 15;
      }
      taken.push({ x, y });
      pen.lineWidth = 4;
      pen.strokeStyle = token("--card");
      pen.strokeText(name, x, y);
      pen.fillStyle = token("--ink");
      pen.fillText(name, x, y);
    }
    return names;
  }

  #place() {
    return this.#places.find((place) => place.point.id === this.#at);
  }

  #key(event) {
    const at = this.#place();
    if (event.key in ARROWS) {
      event.preventDefault();
      this.#step(at, ...ARROWS[event.key]);
    } else if (this.#at && (event.key === "Enter" || event.key === " ")) {
      // The image that was named, even if a newer map has come in between that does not hold it.
      event.preventDefault();
      this.#details.image(this.#at);
    }
  }

  /** To the nearest point that way, what lies aside counting double; at first to the middle of the map. */
  #step(at, right, down) {
    const from = at ?? { x: byId("map").clientWidth / 2, y: byId("map").clientHeight / 2 };
    let best;
    let least = Infinity;
    for (const place of this.#places) {
      const x = place.x - from.x;
      const y = place.y - from.y;
      const along = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      const cost = at ? along + 2 * aside : Math.hypot(x, y);
      if (place !== at && (!at || along > 0) && cost < least) {
        least = cost;
        best = place;
      }
    }
    if (best) {
      this.#at = best.point.id;
      this.#draw();
      const name = best.group == null ? "" : `${this.#name(best.group)}, `;
      write(byId("map-said"), `${name}${best.point.id}. Enter shows it.`);
    }
  }

  #pick(event) {
    const frame = byId("map").getBoundingClientRect();
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    let best;
    let least = NEAR;
    for (const place of this.#places) {
      const distance = Math.hypot(place.x - x, place.y - y);
      if (distance < least) {
        least = distance;
        best = place;
      }
    }
    if (best) {
      this.#details.image(best.point.id);
    }
  }
}

function listed(names) {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function extent(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return high > low ? [low, high] : [low - 1, high + 1];
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
