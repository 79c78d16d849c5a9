import init, * as trial from "./gatehouse_web_trial.js";

const committed = (row) => postMessage({ committed: row });
const ready = init().then(() => trial.open());

onmessage = async ({ data: { number, name, args } }) => {
  try {
    await ready;
    const outcome = await trial[name](...args, ...(name === "hammer" ? [committed] : []));
    postMessage({ number, outcome });
  } catch (error) {
    postMessage({ number, error: String(error?.message ?? error) });
  }
};
