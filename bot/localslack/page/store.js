// What the page holds: the last state from the server and what is open here.
// The server's state is the only truth; everything in `here` is lost on reload
// without harm.

export const store = {
  state: null,
  here: {
    as: "",
    channel: "",
    thread: "",
    home: false,
    tour: 0,
  },
};

export function userName(id) {
  const user = store.state?.users?.[id];
  return user ? user.name : id;
}

export function channelName(id) {
  const channel = store.state?.channels?.find((c) => c.id === id);
  return channel ? channel.name : "";
}

const memory = (() => {
  try { return window.localStorage; } catch { return null; }
})();

export function remember(key, value) {
  try { memory?.setItem(`localslack.${key}`, value); } catch { /* a full or closed store costs only comfort */ }
}
export function recall(key) {
  try { return memory?.getItem(`localslack.${key}`) || ""; } catch { return ""; }
}
