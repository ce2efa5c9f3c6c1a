// Colours that people with any colour vision can tell apart, after Paul Tol's "muted" and "bright" schemes
// (personal.sron.nl/~pault), lightened for dark ground. Names stand beside them wherever they are used.
const LIGHT = ["#332288", "#117733", "#882255", "#0077bb", "#c2553f", "#8a6d00", "#aa4499", "#2f8f83", "#6a6f2a", "#5c6370"];
const DARK = ["#8d84e0", "#4fb870", "#d9709f", "#56b4e9", "#f0907c", "#e0c95c", "#d68fd0", "#6fd0c0", "#b9bd62", "#aab1bf"];
const query = matchMedia("(prefers-color-scheme: dark)");

export function colour(index) {
  const scheme = query.matches ? DARK : LIGHT;
  if (index >= 0 && index < scheme.length) {
    return scheme[index];
  }
  // No scheme tells so many apart; the golden angle keeps neighbours distant, three depths those that come round again.
  const hue = (137.508 * index) % 360;
  const depth = (query.matches ? 60 : 32) + 9 * (Math.abs(index) % 3);
  return `hsl(${hue.toFixed(0)} 52% ${depth}%)`;
}

export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function onScheme(change) {
  query.addEventListener("change", change);
}

/** The colour of a pipeline in charts: the most distant ones first. */
const PIPELINE_ORDER = [3, 4, 1, 6, 5, 0, 7, 2, 8, 9];

export function pipelineColour(index) {
  return colour(PIPELINE_ORDER[index % PIPELINE_ORDER.length]);
}
