// Stands in for the WebAssembly: the same exports, which draw what a test tells them and tell the test what came in.

const test = new BroadcastChannel("stand-in");
const tell = (came) => test.postMessage(came);

export default async function init() {}

export async function open(kind, language, moment, draw) {
  tell({ opened: { kind, language, moment: JSON.parse(moment) } });
  test.onmessage = ({ data }) => {
    if (data.draw) draw(JSON.stringify(data.draw));
    if (data.trap) trap = true;
  };
  let trap = false;
  let bytes;
  const heed = (came) => {
    if (trap) {
      trap = false;
      throw new WebAssembly.RuntimeError("unreachable");
    }
    tell(came);
  };
  draw(JSON.stringify({ screen: null, effects: [] }));
  test.postMessage({ ready: true });
  return {
    take: (at, input) => heed({ moment: JSON.parse(at), take: JSON.parse(input) }),
    frame: (at, y, width, height, stride) => heed({ frame: { width, height, stride, bytes: y.length } }),
    photo(at, number, jpeg) {
      bytes = jpeg;
      heed({ photo: { number, bytes: jpeg.length } });
    },
    face: () => bytes,
    taken: () => bytes,
    language: (tag) => heed({ language: tag }),
    export_journal: () => new Uint8Array([1, 2, 3]),
  };
}
