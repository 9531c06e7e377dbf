/* Browsers start no worker from a local folder, and the theme's search runs in one. There, and only there, an invisible
   frame takes its place. The search's own script looks for `IFrameWorker` in the page around it and then reads its
   address from the first script of the frame. */
if (location.protocol === "file:") {
  const load = (page, address) =>
    new Promise((done, failed) => {
      const script = page.createElement("script")
      script.src = address
      script.onload = done
      script.onerror = failed
      page.head.append(script)
    })

  class IFrameWorker extends EventTarget {
    constructor(address) {
      super()
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.append(this.frame)
      const page = this.frame.contentDocument
      page.open()
      page.write("<!doctype html><title>search</title>")
      page.close()
      this.scope = this.frame.contentWindow
      this.scope.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      this.scope.importScripts = async (...addresses) => {
        for (const one of addresses) await load(page, one)
      }
      this.ready = load(page, new URL(address, location.href).href)
    }

    postMessage(data) {
      this.ready.then(() => this.scope.dispatchEvent(new this.scope.MessageEvent("message", { data })))
    }

    terminate() {
      this.frame.remove()
    }
  }

  window.IFrameWorker = IFrameWorker
  window.Worker = IFrameWorker
}
