// Texts that run a script, fetch something or change a page unless they are escaped.
//
// Taken from public lists, with `alert(1)` for what they run and a non-existent host for what they fetch: the OWASP Cheat
// Sheet Series (XSS Filter Evasion), the PortSwigger cross-site scripting cheat sheet (handlers that need no click), the
// html5sec list, and the security notes of the CommonMark and GFM specifications.

const HOST = 'planmaker.invalid';

const ELEMENTS = [
    '<script>alert(1)</script>',
    `<SCRIPT SRC=https://${HOST}/x.js></SCRIPT>`,
    `<SCRIPT SRC=//${HOST}/.j>`,
    `<SCRIPT/XSS SRC="https://${HOST}/x.js"></SCRIPT>`,
    `<SCRIPT a=">" SRC="https://${HOST}/x.js"></SCRIPT>`,
    `<SCRIPT "a='>'" SRC="https://${HOST}/x.js"></SCRIPT>`,
    `<SCRIPT>document.write("<SCRI");</SCRIPT>PT SRC="https://${HOST}/x.js"></SCRIPT>`,
    '<script/src=data:,alert(1)>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<<SCRIPT>alert(1);//<</SCRIPT>',
    '<script type=module>alert(1)</script>',
    '<svg onload=alert(1)>',
    '<svg/onload=alert(1)//',
    '<svg><script>alert&#40;1&#41;</script></svg>',
    '<svg><script href=data:,alert(1) />',
    '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
    '<svg><a xlink:href="javascript:alert(1)"><text x=0 y=20>x</text></a></svg>',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mi xlink:href="data:x,<script>alert(1)</script>">x</mi></math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<iframe src=javascript:alert(1)></iframe>',
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    `<iframe src=https://${HOST}/ <`,
    '<FRAMESET><FRAME SRC="javascript:alert(1);"></FRAMESET>',
    '<object data=javascript:alert(1)></object>',
    `<OBJECT TYPE="text/x-scriptlet" DATA="https://${HOST}/x.html"></OBJECT>`,
    '<embed src=javascript:alert(1)>',
    `<base href="https://${HOST}/">`,
    '<BASE HREF="javascript:alert(1);//">',
    '<META HTTP-EQUIV="refresh" CONTENT="0;url=javascript:alert(1);">',
    '<META HTTP-EQUIV="refresh" CONTENT="0;url=data:text/html base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">',
    `<META HTTP-EQUIV="refresh" CONTENT="0; URL=https://${HOST}/">`,
    '<META HTTP-EQUIV="Set-Cookie" Content="a=b">',
    `<LINK REL="stylesheet" HREF="https://${HOST}/x.css">`,
    `<link rel=preload as=image href=https://${HOST}/x.png>`,
    `<STYLE>@import'https://${HOST}/x.css';</STYLE>`,
    `<STYLE>body{background:url("https://${HOST}/x.png")}</STYLE>`,
    '<STYLE TYPE="text/javascript">alert(1);</STYLE>',
    `<DIV STYLE="background-image: url(https://${HOST}/x.png)">`,
    '<XSS STYLE="xss:expression(alert(1))">',
    '<TABLE BACKGROUND="javascript:alert(1)"><TD>',
    `<BODY BACKGROUND="https://${HOST}/x.png">`,
    `<IMG SRC="https://${HOST}/x.png">`,
    `<img srcset="https://${HOST}/x.png 1x">`,
    '<INPUT TYPE="IMAGE" SRC="javascript:alert(1);">',
    '<form action=javascript:alert(1)><button>x</button></form>',
    '<isindex action=javascript:alert(1) type=image>',
    '<a href="javascript:alert(1)" autofocus>x</a>',
    '<template shadowrootmode=open><script>alert(1)</script></template>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<plaintext>',
    '<xmp><script>alert(1)</script></xmp>',
    '<select><option><svg onload=alert(1)>',
    '<dialog open><button autofocus onfocus=alert(1)>x</button></dialog>',
];

const HANDLERS = [
    '<img src=x onerror=alert(1)>',
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    '<IMG SRC=/ onerror="alert(String.fromCharCode(49))"></img>',
    '<img src=x onerror="&#0000097&#0000108&#0000101&#0000114&#0000116&#0000040&#0000049&#0000041">',
    '<img src=x:alert(alt) onerror=eval(src) alt=0>',
    '<IMG SRC="jav&#x09;ascript:alert(1);">',
    '<IMG SRC=" &#14;  javascript:alert(1);">',
    '<IMG SRC="`<javascript:alert>`(1)"',
    '<BODY ONLOAD =alert(1)>',
    '<body onpageshow=alert(1)>',
    '<BODY onload!#$%&()*~+-_.,:;?@[/|\\]^`=alert(1)>',
    '<input autofocus onfocus=alert(1)>',
    '<x tabindex=1 autofocus onfocus=alert(1)>x</x>',
    '<details open ontoggle=alert(1)>',
    '<video><source onerror=alert(1)></video>',
    '<audio src=x onerror=alert(1)>',
    '<marquee onstart=alert(1)>x</marquee>',
    '<style>@keyframes x{}</style><xss style="animation-name:x" onanimationstart=alert(1)></xss>',
    '<style onload=alert(1)></style>',
    '<iframe onload=alert(1)></iframe>',
    '<xss oncontentvisibilityautostatechange=alert(1) style=display:block;content-visibility:auto>',
];

// Breaking out of the attribute, element or string around the text.
const BREAKOUTS = [
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    '` onmouseover=alert(1) `',
    '"><svg onload=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" style="position:fixed;inset:0" class="',
    '</script><script>alert(1)</script>',
    '</TITLE><SCRIPT>alert(1);</SCRIPT>',
    '</style><script>alert(1)</script>',
    '</textarea></main></body></html><script>alert(1)</script>',
    '</td></tr></table></section><img src=x onerror=alert(1)>',
    '</text></svg><img src=x onerror=alert(1)>',
    `*/}body{background:url(https://${HOST}/x)}/*`,
    `\\"}body{background:url(https://${HOST}/x)}`,
    '\\22 }body{display:none}',
    '\\";alert(1);//',
    "';alert(1)//",
    'Set.constructor`alert\\x281\\x29```',
    ']]><script>alert(1)</script>',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    '<!-- x --!><script>alert(1)</script>-->',
    '--><script>alert(1)</script>',
    '<!--[if gte IE 4]><SCRIPT>alert(1);</SCRIPT><![endif]-->',
    '<?xml version="1.0"?><?php echo 1 ?>',
    '<!DOCTYPE html><html>',
    'javascript:/*--></title></style></textarea></script></xmp><svg/onload=\'+/"`/+/onmouseover=1/+/[*/[]/+alert(1);//\'>',
];

// Harmless until decoded once more.
const ENCODED = [
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&#60;script&#62;alert(1)&#60;/script&#62;',
    '&#x3c;img src=x onerror=alert(1)&#x3e;',
    '&amp;lt;script&amp;gt;alert(1)',
    '&colon;&Tab;&NewLine;&lpar;&amp;&copy;&quot;',
    '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
    '%3Cscript%3Ealert(1)%3C/script%3E',
    '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
    '¼script¾alert(¢XSS¢)¼/script¾',
    '＜script＞alert(1)＜/script＞',
];

const ADDRESSES = [
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](<javascript:alert(1)>)',
    '[x]( javascript:alert(1))',
    '[x](&#x6A;avascript:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](java&Tab;script:alert(1))',
    '[x](\u0001javascript:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    '[x](file:///etc/passwd)',
    `[x](//${HOST}/x)`,
    `[x](\\\\${HOST}\\x)`,
    `[x](https://${HOST}/"onmouseover="alert(1))`,
    `[x](https://${HOST} 'x" onmouseover="alert(1)')`,
    `[x](<https://${HOST}/"><script>alert(1)</script>)`,
    '<javascript:alert(1)>',
    '<data:text/html,<script>alert(1)</script>>',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    `https://${HOST}/"><script>alert(1)</script>`,
    `https://${HOST}/?a=1&b=2&lt;script`,
    `www.${HOST}/<script>`,
    `![x](https://${HOST}/x.png)`,
    '![x](javascript:alert(1))',
    '![x](x.png "onerror=alert(1)")',
    `[![x](https://${HOST}/x.png)](javascript:alert(1))`,
    '[a][b] [b]: javascript:alert(1)',
    '[@"><script>alert(1)</script>]',
    '[@a](javascript:alert(1))',
    '[^1] [^1]: <script>alert(1)</script>',
];

const TEMPLATES_AND_MARKDOWN = [
    '{{ 7*7 }}{{ self }}{{ plan }}',
    '${7*7} #{7*7} <%= 7*7 %> *{7*7}',
    "{% include '/etc/passwd' %}",
    '{% raw %}{{ 7*7 }}{% endraw %}{# weg #}',
    '# kop',
    '## 12. kop {#inhoud}',
    '- lijst',
    '1. lijst',
    '> citaat',
    '```html',
    '    code',
    '***',
    '===',
    '| a | b |',
    'a | b \\| c',
    '|---|---|',
    '`<script>`',
    '**vet** _schuin_ ~~weg~~ ==merk== $x$ :smile: @iemand #1',
    '\\<script>alert(1)\\</script>',
    '**<b onclick=alert(1)>**',
    'tekst\\',
];

// With line breaks and invisible characters.
const LINES = [
    'a\n\n<script>alert(1)</script>\n\nb',
    '<div\nonclick=alert(1)\n>',
    '<IMG\nSRC=x\nonerror\n=\nalert(1)\n>',
    '| a | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |',
    '[a]\n\n[a]: javascript:alert(1) "x"',
    'a[^1]\n\n[^1]: <script>alert(1)</script>',
    '- a\n\n      <script>\n\n  b',
    '```html\n</code></pre><script>alert(1)</script>\n```',
    '~~~ "onclick=alert(1)\n{{ 7*7 }}\n~~~',
    'kop\n===\n\nkop\n---',
    '<!--\n\n--><script>alert(1)</script>',
    '[x](java\nscript:alert(1))',
    'a\n---\nb: c',
    '\u001b]0;x\u0007\u001b[31mrood\u009b0m\b\u007f',
    'a\u202eb\u2066c\u2069d',
    '\ufeffa\u200bb\ufffe',
    'a\u2028# b\u2029<script>\u0085- c',
    'a\r# b\r\n<script>',
];

export const VECTORS = [
    ...ELEMENTS,
    ...HANDLERS,
    ...BREAKOUTS,
    ...ENCODED,
    ...ADDRESSES,
    ...TEMPLATES_AND_MARKDOWN,
    ...LINES,
];

const QUARTERS = ['1', '2', '3', '4'];

/** The quarter of the texts whose turn it is today. */
export function quarterOfToday() {
    const day = Math.floor(Date.now() / 86_400_000);
    return QUARTERS[day % QUARTERS.length];
}

/** All texts, or one quarter of them, with their numbers. */
export function vectors(part) {
    const all = [...VECTORS.entries()];
    if (part === 'all') return all;
    if (!QUARTERS.includes(part)) throw new Error(`--texts takes all, ${QUARTERS.join(', ')}; not ${part}`);
    // A quarter consists of pairs, because texts with odd and even numbers are tested in different documents.
    return all.filter(([nr]) => QUARTERS[Math.floor(nr / 2) % QUARTERS.length] === part);
}
