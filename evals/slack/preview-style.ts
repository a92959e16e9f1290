/** Looks of a preview: sizes and colours near those of Slack's own client, for light and dark. */
export const PREVIEW_STYLE = `
:root{--bg:#fff;--fg:#1d1c1d;--dim:#616061;--line:#dddddd;--code:#c01343;--codebg:#f8f8f8;--link:#1264a3;--button:#fff;--primary:#007a5a}
body.dark{--bg:#1a1d21;--fg:#d1d2d3;--dim:#ababad;--line:#3b3e43;--code:#e8912d;--codebg:#232529;--link:#1d9bd1;--button:#222529;--primary:#148567}
*{box-sizing:border-box}
body{margin:0;padding:16px 20px;background:var(--bg);color:var(--fg);font:15px/1.46668 Lato,"Noto Sans","DejaVu Sans","Noto Sans CJK SC",sans-serif}
article{display:flex;gap:8px;max-width:720px;margin:0 0 24px}
.avatar{flex:none;width:36px;height:36px;border-radius:6px;background:#4a154b;color:#fff;display:flex;align-items:center;justify-content:center;font-weight:700}
.body{flex:1;min-width:0}
.app{font-size:10px;background:var(--line);color:var(--dim);border-radius:2px;padding:1px 3px}
.block{margin:4px 0 8px;overflow-wrap:anywhere;white-space:pre-wrap}
.context{font-size:12px;color:var(--dim);line-height:1.5}
.actions{display:flex;flex-wrap:wrap;gap:8px}
h3{font-size:18px;margin:0}
hr{border:0;border-top:1px solid var(--line)}
code{font:12px/1.5 Menlo,Consolas,"DejaVu Sans Mono","Noto Sans CJK SC",monospace;color:var(--code);background:var(--codebg);border:1px solid var(--line);border-radius:3px;padding:1px 3px}
pre{font:12px/1.5 Menlo,Consolas,"DejaVu Sans Mono","Noto Sans CJK SC",monospace;background:var(--codebg);border:1px solid var(--line);border-radius:4px;padding:8px;margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:0;border-left:4px solid var(--line);padding-left:8px}
a{color:var(--link)}
.mention{color:var(--link);background:rgba(29,155,209,.1)}
.button,.select{display:inline-block;border:1px solid var(--line);border-radius:4px;padding:4px 12px;background:var(--button);font-weight:700;font-size:13px;white-space:nowrap}
.button.primary{background:var(--primary);color:#fff}
.select{font-weight:400;color:var(--dim)}
.typed{display:block;border:1px solid var(--line);border-radius:4px;height:60px}
table{border-collapse:collapse;font-size:13px;white-space:nowrap}
th,td{border:1px solid var(--line);padding:4px 10px;text-align:left}
.right{text-align:right}.center{text-align:center}.wrapped{white-space:normal}
img{max-width:100%}.noimage{border:1px dashed var(--line);color:var(--dim);padding:12px}
.modal{border:1px solid var(--line);border-radius:8px;max-width:520px;padding:16px;margin-bottom:24px}
.modal h2{margin:0 0 8px;font-size:18px}.modal label{display:block;font-weight:700}.modal small{color:var(--dim)}.foot{text-align:right}
`;
