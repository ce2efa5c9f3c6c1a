// The page: asks for the past once, follows the live stream, and hands each frame to the parts.
import { Charts } from "./charts.js";
import { askDataset, follow as followLabels } from "./dataset.js";
import { Details } from "./details.js";
import { Events } from "./events.js";
import { Gallery } from "./gallery.js";
import { LatentMap } from "./map.js";
import { Matrix } from "./matrix.js";
import { Models, Pairs, Pipelines, showFlow } from "./parts.js";
import { Strangest } from "./strangest.js";
import { byId } from "./dom.js";
import { onScheme } from "./palette.js";

const RECONNECT_MILLIS = 3000;

const chosen = { pipeline: location.hash.slice(1), page: 0 };
const details = new Details();
const charts = new Charts(redraw);
const pipelines = new Pipelines(select);
const gallery = new Gallery(details, turn);
const matrix = new Matrix(details);
const map = new LatentMap(details);
const pairs = new Pairs(details);
const models = new Models();
const happened = new Events();
const strangest = new Strangest(details);
let events;
let sequence = 0;
let newest;

function select(pipeline) {
  if (pipeline !== chosen.pipeline) {
    chosen.pipeline = pipeline;
    chosen.page = 0;
    history.replaceState(null, "", "#" + pipeline);
    follow();
  }
}

function turn(page) {
  chosen.page = page;
  follow();
}

function status(state, text) {
  const line = byId("status");
  if (line.dataset.state !== state || line.textContent !== text) {
    line.dataset.state = state;
    line.textContent = text;
  }
}

async function past() {
  await askDataset();
  const answer = await fetch("/api/history");
  if (!answer.ok) {
    throw new Error("the past is not to be had: " + answer.status);
  }
  const view = await answer.json();
  charts.begin(view.figures, view.pipelines);
}

/** A stream that rests tells no frames: what is chosen or coloured anew is drawn from the last one. */
function redraw() {
  if (newest) {
    show(newest);
  }
}

function show(frame) {
  newest = frame;
  followLabels(frame.labels, redraw);
  if (!frame.pipelines.some((one) => one.pipeline === chosen.pipeline)) {
    if (frame.pipelines.length > 0) {
      select(frame.pipelines[0].pipeline);
    }
  }
  showFlow(frame.flow);
  const moving = frame.flow.scoredPerSecond > 0 || frame.flow.arrivingPerSecond > 0;
  if (!frame.flow.reachable) {
    status("lost", "Kafka does not answer");
  } else if (frame.pipelines.length === 0) {
    status("waiting", "Waiting for the first snapshot");
  } else {
    status(moving ? "live" : "waiting", moving ? "Live" : "The stream rests");
  }
  byId("waits").hidden = !frame.waitsFor;
  byId("waits").textContent = frame.waitsFor ?? "";
  charts.mark(frame.marks);
  charts.add(frame.pipelines);
  happened.show(frame.events);
  pipelines.show(frame.pipelines, chosen.pipeline, charts);
  models.show(frame.models);
  pairs.show(frame.recent, frame.models);
  if (frame.selected) {
    gallery.show(frame.selected);
    matrix.show(frame.selected, frame.labels);
    map.follow(frame.selected, frame.labels);
    strangest.show(frame.selected);
    details.selected = frame.selected;
  }
}

function follow() {
  events?.close();
  const address = `/events?pipeline=${encodeURIComponent(chosen.pipeline)}&page=${chosen.page}`;
  const source = new EventSource(address);
  events = source;
  source.addEventListener("frame", (event) => {
    show(JSON.parse(event.data));
    sequence += 1;
    document.documentElement.dataset.frames = String(sequence);
  });
  source.addEventListener("error", () => {
    if (source !== events) {
      return;
    }
    status("lost", "Connection lost, trying again");
    if (source.readyState === EventSource.CLOSED) {
      // A refusal (too many readers, or a pipeline that is gone) ends an EventSource for good.
      setTimeout(() => { if (source === events) { chosen.page = 0; restart(); } }, RECONNECT_MILLIS);
    }
  });
}

async function restart() {
  try {
    await past();
    const view = `pipeline=${encodeURIComponent(chosen.pipeline)}&page=${chosen.page}`;
    const frame = await (await fetch(`/api/frame?${view}`)).json();
    if (!frame.pipelines.some((one) => one.pipeline === chosen.pipeline)) {
      chosen.pipeline = frame.pipelines[0]?.pipeline ?? "";
    }
    show(frame);
    follow();
  } catch {
    status("lost", "Connection lost, trying again");
    setTimeout(restart, RECONNECT_MILLIS);
  }
}

onScheme(redraw);
restart();
