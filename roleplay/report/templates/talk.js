// A mark, a time or a place in the picture is played from its moment, each in its own conversation.
for (const talk of document.querySelectorAll("[data-talk]")) {
  const sounds = [...talk.querySelectorAll("audio")];
  if (!sounds.length) continue;
  talk.classList.add("plays");
  const status = talk.querySelector("[data-status]");
  const clock = (s) => `${String(Math.floor(s / 60)).padStart(2, "0")}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const play = (at) => {
    for (const other of document.querySelectorAll("audio")) other.pause();
    const sound = sounds.find((one) => at >= +one.dataset.into && at < +one.dataset.into + +one.dataset.seconds);
    if (!sound) {
      status.textContent = `There is no sound of ${clock(at)}.`;
      return;
    }
    status.textContent = `Playing from ${clock(at)}.`;
    sound.currentTime = at - sound.dataset.into;
    sound.play().catch(() => {
      status.textContent = "This browser cannot play the sound. Another one may, or open the file in the folder “sound”.";
    });
  };
  talk.addEventListener("click", (event) => {
    const near = event.target.closest("[data-at]");
    if (near) return play(+near.dataset.at);
    const picture = event.target.closest(".picture");
    if (!picture) return;
    const line = picture.querySelector("[data-line]").getBoundingClientRect();
    const share = (event.clientX - line.left) / line.width;
    play(Math.min(Math.max(share, 0), 1) * talk.dataset.talk);
  });
  sounds.forEach((sound, n) => {
    sound.addEventListener("ended", () => {
      if (sounds[n + 1]) play(+sounds[n + 1].dataset.into);
    });
  });
}
