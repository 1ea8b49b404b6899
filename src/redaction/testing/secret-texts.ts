import { newKey, newSecret } from '../../base/key-format.ts';
import { madeUp } from './made-up.ts';

/** A text with secrets in it, and the secrets as they were before anything broke them. */
export interface SecretText {
  readonly name: string;
  readonly surface: 'text' | 'html' | 'name';
  readonly text: string;
  readonly secrets: readonly string[];
}

const key = newKey('lodge').secret;
const token = newSecret('pat', 'lodge').secret;
const openai = madeUp('sk-proj-{74}T3BlbkFJ{74}');
const anthropic = madeUp('sk-ant-api03-{93}AA');
const google = madeUp('AIzaSy{33}');
const github = madeUp('ghp_{36}');
const azure = madeUp('{h32}');
const plain = madeUp('{28}');
const jwt = madeUp('eyJhbGciOiJIUzI1NiJ9.eyJ{60}.{43}');
const pem = madeUp('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{32}\n{64}\n{64}\n{44}');
const cookie = madeUp('{40}');

/** Hard breaks after every `width` characters. */
function broken(text: string, width: number, by: string): string {
  return text.replaceAll(new RegExp(`(.{${width}})(?=.)`, 'g'), (part) => `${part}${by}`);
}

function fullWidth(text: string): string {
  return text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

function mathematical(text: string): string {
  return text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(0x1d5ba + letter.charCodeAt(0) - 97));
}

const texts: readonly (readonly [name: string, text: string, ...secrets: string[]])[] = [
  ['own key in a sentence', `My key ${key} does not work.`, key],
  ['own key at the end of a sentence', `It is ${key}.`, key],
  ['own key in Chinese', `我的密钥是${key}，请帮我看看。`, key],
  ['own key, cut', `The key is ${key.slice(0, 40)}`, key.slice(17, 40)],
  ['own key, a little more than its prefix', `The key is ${key.slice(0, 22)}`, key.slice(17, 22)],
  ['own key, mistyped', `It is ${key.slice(0, 30)}0O${key.slice(32)} I think`, key.slice(17, 30), key.slice(32)],
  [
    'own key, a wrong sign in it',
    `It is ${key.slice(0, 30)}.${key.slice(31)} I think`,
    key.slice(17, 30),
    key.slice(31),
  ],
  ['own key, shortened in its middle', `It is ${key.slice(0, 21)}…${key.slice(-6)}`, key.slice(17, 21)],
  ['own key, quoted and broken', `> my key is ${broken(key, 21, '\n> ')}\n> Thanks`, key],
  ['own key, broken by deep quotes', `>> > ${broken(key, 12, '\r\n>> > ')}\r\n`, key],
  ['own key, broken in its fixed part', `sk-lo\ndge-${key.slice(9)}`, key],
  ['own key, soft breaks', `key=3D${broken(key, 33, '=\r\n')}`, key],
  ['own key, zero-width', `key ${broken(key, 5, '\u200b')} end`, key],
  ['own key, soft hyphens', `key ${broken(key, 9, '\u00ad')} end`, key],
  ['own key, variation selectors and joiners', `key ${broken(key, 6, '\ufe0f\u2060')} end`, key],
  ['own key, null bytes', `key ${broken(key, 10, '\0')} end`, key],
  ['own key, full width', `key ${fullWidth(key)} end`, key],
  ['own key, typographic dashes', `key ${key.replaceAll('-', '\u2011')} end`, key],
  ['own key, mathematical letters', `key ${mathematical(key)} end`, key],
  ['own key, indented', `key:\n    ${broken(key, 30, '\n    ')}\n`, key],
  ['own key, from a table of Markdown', `| key | ${key} |`, key],
  ['own key, in a parameter', `https://api.example.com/v1beta/models?key=${key}&alt=sse`, key],
  ['own key, in an encoded parameter', `https://x.example/?u=https%3A%2F%2Fy%2F%3Fkey%3D${key}%26a%3D1`, key],
  ['own key, without gaps', `key${key}x`, key],
  ['own key, a space in it', `it is ${key.slice(0, 30)} ${key.slice(30)} ok`, key],
  ['own key, put together by a program', `k = "${key.slice(0, 30)}" +\n    "${key.slice(30)}"`, key],
  ['own key, in capitals', `IT IS ${key.toUpperCase()} OK`, key.toUpperCase().slice(17)],
  ['own key, twice', `${key} and again ${key}`, key],
  ['own key, as curl', `curl https://api.example.com/v1/models -H "Authorization: Bearer ${key}"`, key],
  ['own key, as curl on several lines', `curl https://x \\\n  -H 'x-api-key: ${key}' \\\n  -d '{}'`, key],
  ['own key, in JSON in JSON', `{"body":"{\\"api_key\\":\\"${key}\\"}"}`, key],
  ['own key, in a log', `2026-11-20 ERROR auth failed key=${key} status=401`, key],
  ['key of another lodge', `It was ${newKey('other').secret} there`],
  ['own access token', `LODGE_TOKEN=${token}`, token],
  ['own access token, broken', `token\n${broken(token, 25, '\n')}\nregards`, token],
  ['openai, one line', `My key is ${openai}`, openai],
  ['openai, hard lines', `My key is\n${broken(openai, 76, '\n')}\nThanks, Bob`, openai],
  ['openai, quoted lines', `> ${broken(openai, 60, '\n> ')}\n> does not work`, openai],
  ['openai, soft lines', `${broken(openai, 75, '=\n')}\n`, openai],
  [
    'anthropic, hard lines',
    `ANTHROPIC_API_KEY=${broken(anthropic, 50, '\n')}\nANTHROPIC_BASE_URL=https://x`,
    anthropic,
  ],
  ['google, broken', `AIza key:\n${broken(google, 20, '\n')}\nmodel gemini-2.5-pro`, google],
  ['github, full width', fullWidth(github), github],
  ['x-api-key without a form', `x-api-key: ${plain}`, plain],
  ['x-goog-api-key', `-H 'x-goog-api-key: ${google}'`, google],
  ['azure header', `api-key: ${azure}\nContent-Type: application/json`, azure],
  ['azure variable', `AZURE_OPENAI_API_KEY="${azure}"`, azure],
  ['azure in YAML', `azure:\n  api_key: ${azure}\n  version: 2024-10-21`, azure],
  ['mistral in Python', `client = Mistral(api_key='${plain}')`, plain],
  ['variable of another name', `export MY_SERVICE_SECRET=${plain}`, plain],
  ['variable with a colon, YAML', `  OPENAI_KEY: "${plain}"`, plain],
  ['PowerShell', `$env:ANTHROPIC_AUTH_TOKEN = "${plain}"`, plain],
  ['Windows', `set OPENAI_API_KEY=${plain}`, plain],
  ['value on the next line', `API key:\n${plain}`, plain],
  ['label with a full-width colon', `密钥：${plain}`, plain],
  ['camel case', `{ apiKey: "${plain}", baseURL: "https://x" }`, plain],
  ['headers of fetch', `headers: { "Authorization": "Bearer ${plain}" }`, plain],
  ['headers by index', `headers["Authorization"] = "Bearer ${plain}"`, plain],
  [
    'basic',
    `Authorization: Basic ${Buffer.from('bob:long-password').toString('base64')}`,
    Buffer.from('bob:long-password').toString('base64'),
  ],
  ['proxy', `Proxy-Authorization: Basic ${plain}`, plain],
  ['bearer alone', `I send Bearer ${plain} with it`, plain],
  ['digest', `Authorization: Digest username="bob", response="${azure}"`.replaceAll('"', ''), azure],
  ['web token', `Authorization: Bearer ${jwt}`, jwt],
  ['web token, broken', `id_token=${broken(jwt, 70, '\n')}\nok`, jwt],
  ['cookie', `Cookie: theme=dark; session=${cookie}; lang=en\nAccept: */*`, cookie],
  ['cookie in JSON', `{"cookie": "session=${cookie}", "accept": "*/*"}`, cookie],
  ['set-cookie', `set-cookie: sid=${cookie}; Path=/; HttpOnly`, cookie],
  ['cookie of curl', `curl -H 'Cookie: sid=${cookie}' https://x`, cookie],
  ['pem', `-----BEGIN PRIVATE KEY-----\n${pem}\n-----END PRIVATE KEY-----\nThanks`, pem],
  [
    'pem, quoted',
    `> -----BEGIN RSA PRIVATE KEY-----\n> ${pem.replaceAll('\n', '\n> ')}\n> -----END RSA PRIVATE KEY-----`,
    pem,
  ],
  [
    'pem in JSON',
    `{"private_key":"-----BEGIN PRIVATE KEY-----\\n${pem.replaceAll('\n', '\\n')}\\n-----END PRIVATE KEY-----\\n"}`,
    pem,
  ],
  ['pem without its end', `-----BEGIN OPENSSH PRIVATE KEY-----\n${pem}`, pem],
  ['putty', `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${plain}\nPrivate-MAC: 0`, plain],
  ['postgres', 'DATABASE_URL=postgres://lodge:Tr0ub4dor@db.internal:5432/lodge', 'Tr0ub4dor'],
  ['mongodb', 'mongodb+srv://app:p%40ss-W0rd!@cluster0.abc.mongodb.net/db', 'p%40ss-W0rd!'],
  ['redis without a user', 'redis://:s3cretRedis@10.0.0.5:6379/0', 's3cretRedis'],
  ['smtp', 'LODGE_MAIL_RELAY=smtp://user:mail-Pass-9@smtp.example.com:587', 'mail-Pass-9'],
  ['ado', 'Server=db;Database=x;User Id=sa;Password=Pa55w0rd!x;Encrypt=true', 'Pa55w0rd!x'],
  ['storage', `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${plain}${plain}==;EndpointSuffix=x`, plain],
  ['jdbc', 'jdbc:mysql://db/x?user=a&password=Pa55w0rdX&ssl=1', 'Pa55w0rdX'],
  ['shared access signature', `https://a.blob.core.windows.net/c?sv=2024&sig=${plain}%3D`, plain],
  ['curl -u', 'curl -u bob:Tr0ub4dor https://x', 'Tr0ub4dor'],
  ['option', `lodge --api-key ${plain} --model x`, plain],
  ['password', 'Login: bob\nPassword: hunter2xyz\n', 'hunter2xyz'],
  ['password in Chinese', '账号 bob，密码：Tr0ub4dor，谢谢', 'Tr0ub4dor'],
  ['password in a sentence', 'my password is Tr0ub4dor!x and it worked', 'Tr0ub4dor!x'],
  ['password in JSON', '{"user":"bob","password":"correct horse"}', 'correct horse'],
  ['password in quotes', 'Please use the password "hunter-two"', 'hunter-two'],
  [
    'password in other languages',
    'Passwort: Sommer2026\nmot de passe : Ete2026!\nパスワード：Natsu2026',
    'Sommer2026',
    'Ete2026!',
    'Natsu2026',
  ],
  ['password, Chinese, with a space', '登录密码 Tr0ub4dor', 'Tr0ub4dor'],
  ['manifest of a container', `- name: OPENAI_API_KEY\n  value: ${plain}`, plain],
  ['pairs in JSON', `{"name":"OPENAI_API_KEY","value":"${plain}"}`, plain],
  ['key after its words', `the api key ${azure} fails`, azure],
  ['password in XML', '<password>Tr0ub4dor</password>', 'Tr0ub4dor'],
  ['aws pair', `${madeUp('AKIA{u15}7')}\n${madeUp('{40}')}`, madeUp('AKIA{u15}7'), madeUp('{40}')],
  [
    'aws file',
    `aws_access_key_id = ${madeUp('AKIA{u15}7')}\naws_secret_access_key = ${madeUp('{40}')}`,
    madeUp('{40}'),
  ],
  ['card, grouped', 'My card 4111 1111 1111 1111 was charged', '4111111111111111'],
  ['card, dashes', 'card: 5500-0055-5555-5559', '5500005555555559'],
  ['card, plain and broken', '卡号：\n3782 822463 10005', '378282246310005'],
];

const htmls: readonly (readonly [name: string, text: string, ...secrets: string[]])[] = [
  ['html, plain', `<p>My key is ${key}.</p>`, key],
  ['html, split by tags', `<p>${broken(key, 11, '</b><b>')}</p>`, key],
  ['html, word breaks', `<p>${broken(key, 7, '<wbr>')}</p>`, key],
  ['html, soft hyphens', `<p>${broken(key, 8, '&shy;')}</p>`, key],
  ['html, references', `<p>${[...key].map((letter) => `&#${letter.charCodeAt(0)};`).join('')}</p>`, key],
  [
    'html, hexadecimal references',
    `<p>${[...key].map((letter) => `&#x${letter.charCodeAt(0).toString(16)}`).join(';')};</p>`,
    key,
  ],
  ['html, line breaks', `<div>${broken(openai, 60, '<br>\n')}</div>`, openai],
  ['html, a paragraph per line', `<p>${broken(openai, 60, '</p><p>')}</p>`, openai],
  ['html, comment within', `<p>${broken(github, 12, '<!-- x -->')}</p>`, github],
  ['html, in a link', `<a href="https://x/?key=${key}">here</a>`, key],
  ['html, in a link without quotes', `<a href=https://x/?key=${key} title=x>here</a>`, key],
  ['html, alternative text', `<img alt='${anthropic}' src="cid:1">`, anthropic],
  ['html, comment', `<!-- ${github} -->`, github],
  ['html, style', `<style>/* ${google} */</style><p>x</p>`, google],
  ['html, label in a bold word', `<b>API key:</b> ${plain}`, plain],
  ['html, preformatted', `<pre>Authorization: Bearer ${plain}\nAccept: */*</pre>`, plain],
  ['html, quoted', `<blockquote>password: <i>Tr0ub</i>4dor9</blockquote>`, 'Tr0ub4dor9'],
  ['html, unfinished tag', `<p>${key}<a href="${github}`, key, github],
];

const names: readonly (readonly [name: string, text: string, ...secrets: string[]])[] = [
  ['file', `${key}.txt`, key],
  ['file of a dump', `log-${github}-2026.log`, github],
  ['subject', `bug: my key ${key.slice(0, 30)}\r\n ${key.slice(30)}`, key],
  ['person', `Bob ${anthropic}`, anthropic],
];

export const secretTexts: readonly SecretText[] = (
  [
    ['text', texts],
    ['html', htmls],
    ['name', names],
  ] as const
).flatMap(([surface, rows]) => rows.map(([name, text, ...secrets]) => ({ name, surface, text, secrets })));
