/** What devices this machine has and which worker gets which. Starts no worker. */
package dev.tutti.server.device;
