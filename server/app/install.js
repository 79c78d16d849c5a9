// Installing the page as an app, where the browser offers that.

let offer;
const heard = new Set();

const tell = () => heard.forEach((hear) => hear(Boolean(offer)));

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  tell();
});
addEventListener("appinstalled", () => {
  offer = undefined;
  tell();
});

/** `hear` is told now, and whenever it changes, whether the page can be installed. */
export function onOffer(hear) {
  heard.add(hear);
  hear(Boolean(offer));
}

export async function install() {
  const asked = offer;
  offer = undefined;
  await asked?.prompt();
  tell();
}
