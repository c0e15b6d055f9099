// An element with an id and data-again="ms" is not done yet: after so long it is asked for again, and what has come takes its
// place, without disturbing who is in it. Without this, a link looks again.
function wait(part) {
  if (part?.dataset.again) setTimeout(() => look(part), part.dataset.again);
}
async function look(part) {
  if (document.hidden || part.contains(document.activeElement)) return wait(part);
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "1" } });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (!fresh) return wait(part);
    part.replaceWith(document.adoptNode(fresh));
    wait(fresh);
  } catch {
    wait(part);
  }
}
for (const part of document.querySelectorAll("[id][data-again]")) wait(part);
