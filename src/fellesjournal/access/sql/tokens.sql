-- name: use_once
-- Note that a token has been used; no row comes back when it had been before.
insert into used_once (digest, expires) values ($1, $2) on conflict (digest) do nothing returning true;

-- name: forget_used
-- Delete what has expired.
delete from used_once where expires < $1;

-- name: offer_nonce
-- Give a stretch of time its nonce, unless another process was first.
insert into dpop_nonce (minutes, nonce) values ($1, $2) on conflict (minutes) do nothing;

-- name: newest_nonces
-- The nonces of a stretch of time and later, newest first.
select minutes, nonce from dpop_nonce where minutes >= $1 order by minutes desc;

-- name: forget_nonces
-- Delete the nonces of earlier times.
delete from dpop_nonce where minutes < $1;
