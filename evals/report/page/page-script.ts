/**
 * The search over trials; the page is whole without it: the form is hidden until this runs. It reads what stands on the page and
 * writes nothing but `hidden` and a count.
 */
export const PAGE_SCRIPT = `
(function () {
  var form = document.getElementById('filter');
  if (!form) return;
  var rows = Array.prototype.map.call(document.querySelectorAll('.trial'), function (row) {
    return { row: row, text: row.textContent.toLowerCase() };
  });
  var fields = form.elements;
  var count = document.getElementById('count');
  function fits(entry) {
    var words = fields.words.value.toLowerCase().split(/\\s+/);
    var chosen = ['verdict', 'variant', 'form'].every(function (name) {
      var field = fields[name];
      return !field || !field.value || entry.row.dataset[name] === field.value;
    });
    return chosen && words.every(function (word) { return entry.text.indexOf(word) >= 0; });
  }
  function show() {
    var shown = 0;
    rows.forEach(function (entry) {
      var fit = fits(entry);
      entry.row.hidden = !fit;
      if (fit) shown += 1;
    });
    count.textContent = shown + ' of ' + rows.length + ' trials';
  }
  form.hidden = false;
  form.addEventListener('input', show);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  show();
})();
`;
