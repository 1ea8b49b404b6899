import { type Answer, frameStyle, pageHeaders } from '../http/index.ts';

const style = `${frameStyle}
main{max-width:36rem;margin:18vh auto 0;padding:0 1.25rem}
h1{font-size:1.375rem}
p{color:var(--soft)}
`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>The console is not built</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>The console is not built</h1>
<p>The API works. The console is made when the program starts; the output of that start says why it was not. Run <code>node scripts/build-console.ts</code> in the program’s directory, then reload this page.</p>
<p lang="zh-CN">API 正常运行，但控制台尚未构建。请在程序目录中运行 <code>node scripts/build-console.ts</code>，然后刷新页面。</p>
</main>
</body>
</html>
`;

const body = Buffer.from(page);

/** In the place of the console while there is no build. */
export function missingPage(): Answer {
  const headers = { ...pageHeaders(style), 'cache-control': 'no-store', 'retry-after': '10' };
  return { status: 503, headers, body, etag: null };
}
