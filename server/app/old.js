// For browsers that know no modules, and so run nothing else of the page.
document.getElementById("before-text").textContent = JSON.parse(document.body.getAttribute("data-words")).tooOld;
