-- name: begin_sign_in
-- A sign-in that goes to a provider.
insert into sign_in (id, browser, provider, nonce, verifier, proof_key, place, reopens, began)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: take_sign_in
-- A sign-in that comes back, to the browser that began it; it is taken out, so that it comes back once.
delete from sign_in where id = $1 and browser = $2 and began > $3
returning provider, nonce, verifier, proof_key, place, reopens, began;

-- name: forget_sign_ins
-- Delete the sign-ins that never came back.
delete from sign_in where began < $1;
