import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, retryAfter } from "./api";

test("Retry-After is seconds or a date", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(retryAfter("3", now), 3000);
  assert.equal(retryAfter("Thu, 01 Jan 2026 00:00:10 GMT", now), 10_000);
  assert.equal(retryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now), 0);
  assert.equal(retryAfter("soon", now), undefined);
  assert.equal(retryAfter(null, now), undefined);
});

test("only failures that pass are tried again", () => {
  const passing = (status: number) => new ApiError(status, { code: "x", message: "" }).passing;
  assert.deepEqual([0, 408, 429, 500, 503, 507].map(passing), [true, true, true, true, true, true]);
  assert.deepEqual([400, 401, 403, 404, 409, 413, 422].map(passing), [false, false, false, false, false, false, false]);
});
