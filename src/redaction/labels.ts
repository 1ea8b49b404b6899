import type { SecretKind } from './kinds.ts';

/** What the words before a value say about it. */
export interface Label {
  readonly kind: SecretKind;
  readonly issuer: string | null;
  /** How the value is read: a token in one piece, a password in any characters, or a header to the end of its line. */
  readonly value: 'token' | 'password' | 'authorization' | 'cookie';
  /** Whether the label leaves no doubt, so that values of the form of an id are secrets too. */
  readonly strong: boolean;
}

/** Longest look back from a `:` or `=`; what stands further away is no label. */
export const labelLength = 48;

const passwords =
  /(?:passwords?|passwd|passphrase|passcode|(?<![0-9a-z])pwd|(?<![0-9a-z])pass|[_-]pwd|passwor[td]|kennwort|mot de passe|contraseña|senha|пароль|パスワード|비밀번호|密码|密碼|口令)$/;
const authorization = /(?:^|[^0-9a-z_-])(?:proxy-)?authorization$/;
const cookie = /(?:^|[^0-9a-z_-])(?:set-)?cookie$/;
const keys =
  /(?:api[ _.-]?keys?|apikey|api[ _-]?secret|secret[ _-]?key(?:_base)?|(?:secret[ _-]?)?access[ _-]?key|client[ _-]?secret|app[ _-]?secret|private[ _-]?key|account[ _-]?key|shared[ _-]?access[ _-]?key|subscription-key|signing[ _-]?secret|webhook[ _-]?secret|signing[ _-]?key|encryption[ _-]?key|master[ _-]?key|(?:access|auth|refresh|bearer|session|api|bot|personal[ _-]access|service)[ _-]?token|密钥|密鑰|令牌)$/;
const weak = /(?:(?<![0-9a-z])tokens?|(?<![0-9a-z])secrets?|[_-]token|[_-]secret)$/;
/** Names of variables, as they are written in a shell, a `.env` or a workflow. */
const variable = /(?:^|[^0-9A-Za-z])([A-Z][A-Z0-9_]*_(?:KEY|TOKEN|SECRET|APIKEY|CREDENTIALS?|AUTH))$/;
/** The same endings on names of what is no secret. */
const harmless =
  /(?:idempotency|public|publishable|primary|foreign|cache|sort|partition|hash|host|ssh|registry|max|min|total|input|output|prompt|completion|cached?|reasoning|num|page|next|continuation|sync|csrf|license|translation|message|object|s3|map|row|group|routing|dedup|trace)[ _-]?(?:key|token|tokens|secret)s?$/i;
/** A name and its value as two members: `name: OPENAI_API_KEY`, then `value: …`. */
const namedValue = /(?:name|key)["']?[ :=]{1,3}["']?([A-Z][A-Z0-9_]{2,28})["']?[, \n]{1,3}["']?value$/;
/** Parameters of an address. */
const parameter =
  /[?&;](?:key|api[_-]?key|apikey|access[_-]?token|auth[_-]?token|token|sig|signature|secret|client_secret|password|pwd|x-amz-signature|x-goog-signature)$/;

const issuers =
  /(openai|anthropic|claude|azure|google|gemini|aws|deepseek|mistral|groq|xai|grok|openrouter|cohere|github|gitlab|slack|stripe|huggingface|hf|npm|pypi|together|perplexity|replicate|moonshot|kimi|dashscope|qwen|zhipu|glm|minimax|siliconflow|volcengine|telegram|twilio|sendgrid|cloudflare|alibaba|tencent|baidu)/;
const issuerNames: Readonly<Record<string, string>> = {
  claude: 'anthropic',
  gemini: 'google',
  grok: 'xai',
  hf: 'huggingface',
};

/** The label at the end of a piece of text, given as it is written and in lower case. Null: none. */
export function labelAt(written: string, lower: string): Label | null {
  if (authorization.test(lower)) return label('authorization', 'authorization', null);
  if (cookie.test(lower)) return label('authorization', 'cookie', null);
  if (passwords.test(lower)) return label('password', 'password', null);
  if (parameter.test(lower)) return label('authorization', 'token', null);
  if (harmless.test(lower)) return null;
  const issuer = issuerOf(lower);
  if (keys.test(lower) || variable.test(written)) return label(kindOf(lower, issuer), 'token', issuer);
  if (weak.test(lower)) return { ...label(kindOf(lower, null), 'token', null), strong: false };
  const pair = namedValue.exec(written)?.[1];
  return pair === undefined ? null : labelAt(pair, pair.toLowerCase());
}

function label(kind: SecretKind, value: Label['value'], issuer: string | null): Label {
  return { kind, value, issuer, strong: true };
}

function kindOf(lower: string, issuer: string | null): SecretKind {
  if (/(?:key|apikey|密钥|密鑰)s?$/.test(lower) || issuer !== null) return 'vendor_key';
  return /(?:token|令牌)s?$/.test(lower) ? 'access_token' : 'authorization';
}

/** From the name itself: `OPENAI_API_KEY`, `x-goog-api-key`. */
function issuerOf(lower: string): string | null {
  const name = /[\w.-]+$/.exec(lower)?.[0] ?? '';
  if (name.includes('goog-api')) return 'google';
  const found = issuers.exec(name)?.[1];
  return found === undefined ? null : (issuerNames[found] ?? found);
}
