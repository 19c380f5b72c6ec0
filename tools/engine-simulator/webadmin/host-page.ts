import type { PageData } from './page-data';

/** Webadmin's page; its script finds the data in `pageData`. */
export function hostPage(data: PageData): string {
  const { layout, masthead } = data.personality;
  const patternfly = ['patternfly.min.css', 'patternfly-additions.min.css'].map(
    (file) => `<link rel="stylesheet" href="theme/css/${file}">`,
  );
  return `<!doctype html>
<html lang="${data.locale.split('_')[0]?.replace(/\W/g, '') ?? 'en'}">
<head>
<meta charset="utf-8">
<title>oVirt Engine Web Administration</title>
<link rel="icon" href="data:,">
${patternfly.join('\n')}
<link rel="stylesheet" href="stand-in/webadmin-${layout}.css">
</head>
<body class="webadmin mast-${masthead}">
<div id="login"></div>
<header id="mast"><b>oVirt</b> <span>Open Virtualization Manager</span><div id="who"></div></header>
<nav id="menu"></nav>
<aside id="tree"></aside>
<div id="notices"></div>
<div id="content">
<section id="main"></section><section id="main-frame" hidden></section>
<section id="split"><nav id="detail-tabs"></nav><div id="detail"></div><div id="detail-frame" hidden></div></section>
</div>
<script>window.pageData = ${JSON.stringify(data).replaceAll('<', '\\u003c')};</script>
<script src="stand-in/main.js"></script>
</body>
</html>
`;
}

/** The engine's own start page, where a sign-out ends. */
export function startPage(context: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Welcome to Open Virtualization Manager</title>
<link rel="icon" href="data:,">
</head>
<body>
<h1>Welcome to Open Virtualization Manager</h1>
<p><a id="WelcomePage_webadmin" href="${context}/WebAdmin.html">Administration Portal</a></p>
</body>
</html>
`;
}
