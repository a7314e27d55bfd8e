// A real OpenID provider on this machine, as strict as HelseID: pushed requests, PKCE, DPoP with nonces,
// private_key_jwt. What it has is read from standard input as JSON: { port, host, clients, jwks, people, audience, idClaims }.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

const config = JSON.parse(await text(process.stdin));
const issuer = `http://${config.host}:${config.port}`;
const HELSEID = 'helseid://';
const personal = [`${HELSEID}claims/identity/pid`, `${HELSEID}claims/identity/security_level`, `${HELSEID}claims/hpr/hpr_number`, 'pid'];

const known = (id) => ({ accountId: id, claims: async () => ({ sub: id, ...config.people[id] }) });

const provider = new Provider(issuer, {
  clients: config.clients,
  jwks: config.jwks,
  cookies: { keys: ['of-tests'] },
  clientAuthMethods: ['private_key_jwt'],
  findAccount: async (ctx, id) => (config.people[id] ? known(id) : undefined),
  pkce: { required: () => true },
  acrValues: ['idporten-loa-high', 'idporten-loa-substantial'],
  scopes: ['openid', 'profile', 'journal/read'],
  claims: {
    acr: null, sid: null, auth_time: null, iss: null, openid: ['sub', 'pid'], profile: [],
    [`${HELSEID}scopes/identity/pid`]: [personal[0]],
    [`${HELSEID}scopes/identity/security_level`]: [personal[1]],
    [`${HELSEID}scopes/hpr/hpr_number`]: [personal[2]],
  },
  conformIdTokenClaims: !config.idClaims,
  extraTokenClaims: async (ctx, token) => {
    const person = config.people[token.accountId] ?? {};
    return Object.fromEntries(personal.filter((name) => name in person).map((name) => [name, person[name]]));
  },
  enabledJWA: {
    idTokenSigningAlgValues: ['PS256', 'ES256', 'RS256'],
    clientAuthSigningAlgValues: ['PS256', 'ES256', 'RS256'],
    dPoPSigningAlgValues: ['ES256'],
  },
  ttl: { AccessToken: 600, ClientCredentials: 600, AuthorizationCode: 60, IdToken: 600, Session: 3600, Interaction: 600, Grant: 3600 },
  fetch: (url, options) => globalThis.fetch(url, options),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
    backchannelLogout: { enabled: true },
    clientCredentials: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (ctx) => (ctx.oidc.params?.authorization_details ? config.audience : undefined),
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource) => ({
        scope: 'journal/read', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'PS256' } },
      }),
    },
    richAuthorizationRequests: {
      enabled: true,
      types: {
        helseid_authorization: {
          validate(ctx, detail) {
            const { system, type, value } = detail.practitioner_role.organization.identifier;
            if (system !== 'urn:oid:1.0.6523' || type !== 'ENH' || !/^NO:ORGNR:\d{9}:\d{9}$/.test(value)) {
              throw new Error('not as HelseID has it');
            }
            console.log(`organisation ${value}`);
          },
        },
      },
      authorizationDetailsForGrantSource: (ctx) => JSON.parse(ctx.oidc.params.authorization_details ?? '[]'),
      authorizationDetailsForAccessToken: (ctx, token, source) => source?.rar,
      authorizationDetailsForIntrospection: (ctx, token) => token.rar,
    },
  },
});
provider.on('server_error', (ctx, error) => console.log('server_error', error));
for (const kind of ['pushed_authorization_request', 'grant', 'authorization', 'backchannel', 'userinfo', 'end_session']) {
  provider.on(`${kind}.error`, (ctx, error) => console.log(`${kind}.error`, error.message, error.error_description ?? error.error_detail ?? ''));
}

const page = (uid) => `<!doctype html><html lang="nb"><title>Provider</title><form method="post" action="/interaction/${uid}">
<label>Person <input name="login" autofocus></label><label>Level <input name="acr"></label><button>Identify</button></form>`;

async function agreed({ prompt, params, session, grantId }) {
  const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const { missingOIDCScope = [], missingOIDCClaims = [], missingResourceScopes = {}, rar = [] } = prompt.details;
  grant.addOIDCScope(missingOIDCScope.join(' '));
  grant.addOIDCClaims(missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(missingResourceScopes)) grant.addResourceScope(resource, scopes.join(' '));
  for (const detail of rar) grant.addRar(detail);
  return { consent: { grantId: await grant.save() } };
}

async function interaction(request, response) {
  const details = await provider.interactionDetails(request, response);
  if (details.prompt.name === 'consent') {
    return provider.interactionFinished(request, response, await agreed(details), { mergeWithLastSubmission: true });
  }
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    return response.end(page(details.uid));
  }
  const form = new URLSearchParams(await text(request));
  const result = config.people[form.get('login')]
    ? { login: { accountId: form.get('login'), acr: form.get('acr') || undefined } }
    : { error: 'access_denied', error_description: 'nobody of that name' };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return answer(request, response);
  return interaction(request, response).catch((error) => { response.statusCode = 500; response.end(String(error)); });
}).listen(config.port, config.host, () => console.log('ready'));
