// Asks whoever holds the device to prove that it is theirs, by face, finger or the device's own code. What proves it is
// the device's: the key is made here, stays here, and no server hears of it.

const KEPT = "gatehouse.unlock";
const ES256 = -7;
const RS256 = -257;

const random = () => crypto.getRandomValues(new Uint8Array(32));
const rp = () => ({ id: location.hostname, name: "Gatehouse" });

async function prove() {
  const kept = localStorage.getItem(KEPT);
  if (kept) {
    const id = Uint8Array.from(atob(kept), (letter) => letter.charCodeAt(0));
    const allowCredentials = [{ type: "public-key", id, transports: ["internal"] }];
    return navigator.credentials.get({
      publicKey: { challenge: random(), rpId: rp().id, allowCredentials, userVerification: "required" },
    });
  }
  // The first time: whoever makes the key has proved it thereby.
  const made = await navigator.credentials.create({
    publicKey: {
      rp: rp(),
      user: { id: random(), name: "Gatehouse", displayName: "Gatehouse" },
      challenge: random(),
      pubKeyCredParams: [{ type: "public-key", alg: ES256 }, { type: "public-key", alg: RS256 }],
      authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "discouraged", userVerification: "required" },
    },
  });
  localStorage.setItem(KEPT, btoa(String.fromCharCode(...new Uint8Array(made.rawId))));
  return made;
}

/** `yes`, `no`, or `cannot` where the browser has no way to ask. */
export async function unlock() {
  try {
    const can = await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable();
    if (!can) return "cannot";
    return (await prove()) ? "yes" : "no";
  } catch (error) {
    if (error.name === "NotAllowedError" || error.name === "AbortError") return "no";
    console.warn("unlocking", error);
    return "cannot";
  }
}
