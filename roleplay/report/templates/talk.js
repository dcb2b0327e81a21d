// A mark, a time or a place in the picture is played from its moment; clicked once more while it plays, it stops.
const clock = (s) => `${String(Math.floor(s / 60)).padStart(2, "0")}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
const quiet = () => document.querySelectorAll("audio").forEach((sound) => sound.pause());
let last = null;

const play = (talk, at) => {
  const status = talk.querySelector("[data-status]");
  const into = (one) => at >= +one.dataset.into && at < +one.dataset.into + +one.dataset.seconds;
  const sound = [...talk.querySelectorAll("audio")].find(into);
  quiet();
  if (!sound) {
    status.textContent = `There is no sound of ${clock(at)}.`;
    return;
  }
  status.textContent = `Playing from ${clock(at)}.`;
  sound.currentTime = at - sound.dataset.into;
  sound.play().catch((error) => {
    if (error.name === "AbortError") return;
    status.textContent = "This browser cannot play the sound. Another one may, or open the file in the folder “sound”.";
  });
};

document.addEventListener("click", (event) => {
  const near = event.target.closest("[data-at]");
  const picture = event.target.closest(".plays .picture");
  if (!near && !picture) return;
  const talk = document.getElementById(near?.dataset.of) ?? event.target.closest("[data-talk]");
  if (near && near === last && [...talk.querySelectorAll("audio")].some((sound) => !sound.paused)) {
    quiet();
    talk.querySelector("[data-status]").textContent = "Stopped.";
    return;
  }
  last = near;
  if (near) {
    play(talk, +near.dataset.at);
    return;
  }
  const line = picture.querySelector("[data-line]").getBoundingClientRect();
  play(talk, Math.min(Math.max((event.clientX - line.left) / line.width, 0), 1) * talk.dataset.talk);
});

for (const talk of document.querySelectorAll("[data-talk]")) {
  const sounds = [...talk.querySelectorAll("audio")];
  talk.classList.toggle("plays", sounds.length > 0);
  sounds.forEach((sound, n) => {
    sound.addEventListener("ended", () => {
      if (sounds[n + 1]) play(talk, +sounds[n + 1].dataset.into);
    });
  });
}
