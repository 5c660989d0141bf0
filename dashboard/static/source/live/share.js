/**
 * The link and the frame that the page's "Share" panel offers: both say what the address says at
 * that moment. The page wrote them when it last ran, and the map has been moved since.
 */
function linkShare(map, live) {
  let page = null;
  try {
    page = window.parent.document;
  } catch (error) {
    return;
  }
  refreshShare(page);
  map.on("moveend", () => refreshShare(page));
  let isNaming = false;
  new window.parent.MutationObserver(() => {
    refreshShare(page);
    // Who opens "Views" may give a name to what he sees: the page does not know it otherwise.
    const wasNaming = isNaming;
    isNaming = page.querySelector(".st-key-saved_views") !== null;
    if (isNaming && !wasNaming) live.act("view", null, seenOf(map));
  }).observe(page.body, { childList: true, subtree: true });
  page.addEventListener("click", (event) => {
    const pressed = event.target.closest && event.target.closest(".dl-share button");
    if (pressed) copyShare(pressed);
  });
}

function copyShare(pressed) {
  const code = pressed.closest(".dl-share").querySelector("code[data-address]");
  if (!code) return;
  code.textContent = shareText(code);
  window.parent.navigator.clipboard.writeText(code.textContent).then(
    () => {
      const label = pressed.textContent;
      pressed.textContent = "Copied";
      window.setTimeout(() => { pressed.textContent = label; }, 2000);
    },
    () => window.parent.getSelection().selectAllChildren(code));
}

function refreshShare(page) {
  for (const code of page.querySelectorAll("code[data-address]")) {
    const text = shareText(code);
    if (text !== code.textContent) code.textContent = text;
  }
}

/** What an element offers, with the view that the address has now. */
function shareText(code) {
  const address = pageAddress();
  if (!address) return code.textContent;
  if (code.dataset.address === "link") return address.href;
  return code.textContent.replace(/ src="([^"]*)"/, (_, source) => {
    const framed = new URL(source.replaceAll("&amp;", "&"));
    for (const key of VIEW_KEYS) {
      const value = address.searchParams.get(key);
      if (value) framed.searchParams.set(key, value);
      else framed.searchParams.delete(key);
    }
    return ' src="' + framed.href.replaceAll("&", "&amp;") + '"';
  });
}
