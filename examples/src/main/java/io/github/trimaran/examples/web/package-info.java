/** A small HTTP server for one machine: routes, limits, JSON, and a guard against other sites. */
package io.github.trimaran.examples.web;
