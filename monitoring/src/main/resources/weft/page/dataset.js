// What the images are: their labels, and how a picture of one is shaped.
import { byId, write } from "./dom.js";

/** From here on pictures are flat: they need a line of their own. */
const FLAT = 2.5;
/** Pictures wider than this are made smaller on the page, so their pixels need no sharp edges. */
const SHARP = 64;

export const dataset = { name: "", labels: [], width: 1, height: 1, vector: false };

/** The name of a label; one that came a moment ago has a number only. */
export function labelName(label) {
  return dataset.labels[label] ?? `label ${label}`;
}

export function describe(member) {
  return member.label == null ? member.id : `${labelName(member.label)} (${member.id})`;
}

let asking = false;

export async function askDataset() {
  const answer = await fetch("/api/dataset");
  if (!answer.ok) {
    throw new Error("the data set is not to be had: " + answer.status);
  }
  Object.assign(dataset, await answer.json());
  const root = document.documentElement;
  root.style.setProperty("--picture", String(dataset.width / dataset.height));
  root.style.setProperty("--rendering", dataset.width > SHARP && !dataset.vector ? "auto" : "pixelated");
  root.toggleAttribute("data-flat", dataset.width > FLAT * dataset.height);
  if (dataset.vector) {
    write(byId("pairs-hint"), "Above, the vector that came; below, what is left of it after the code.");
  }
}

/** Asks for the names again where there are more labels than are known, one question at a time. */
export async function follow(labels, then) {
  if (labels === dataset.labels.length || asking) {
    return;
  }
  asking = true;
  try {
    await askDataset();
    then();
  } catch {
    // The live stream tells that the connection is lost; the next frame asks again.
  } finally {
    asking = false;
  }
}
