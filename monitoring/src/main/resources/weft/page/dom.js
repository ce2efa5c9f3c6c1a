// Small helpers for elements and numbers.

export function byId(id) {
  return document.getElementById(id);
}

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** Sets text where it differs, so that nothing is announced or painted for nothing. */
export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function count(value) {
  return whole.format(value);
}

export function percent(value, digits = 1) {
  return value == null ? "–" : (100 * value).toFixed(digits) + " %";
}

export function seconds(value) {
  if (value == null) {
    return "–";
  }
  return value < 1 ? Math.round(value * 1000) + " ms" : value.toFixed(value < 10 ? 1 : 0) + " s";
}

export function ago(millis) {
  const past = Math.max(0, (Date.now() - millis) / 1000);
  if (past < 90) {
    return Math.round(past) + " s ago";
  }
  return past < 5400 ? Math.round(past / 60) + " min ago" : Math.round(past / 3600) + " h ago";
}

export function picture(id) {
  return `/images/${encodeURIComponent(id)}.png`;
}

/** Draws one of several pictures that came side by side as one. */
function lay(tile, address, at, of) {
  tile.style.backgroundImage = `url("${address}")`;
  tile.style.backgroundSize = `${of * 100}% 100%`;
  tile.style.backgroundPosition = of > 1 ? `${(at / (of - 1)) * 100}% 0` : "0 0";
}

/** Fetches pictures of images as one and lays them onto tiles once they are here, so that nothing flickers. */
export async function strip(ids, tiles, model, version) {
  if (ids.length === 0) {
    tiles();
    return;
  }
  const query = ids.map((id) => "id=" + encodeURIComponent(id)).join("&");
  const address = `/strips.png?${query}` + (model ? `&model=${encodeURIComponent(model)}&v=${version}` : "");
  const ahead = new Image();
  ahead.src = address;
  try {
    await ahead.decode();
  } catch {
    return;
  }
  tiles().forEach((tile, at) => lay(tile, address, at, ids.length));
}
