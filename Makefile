# Names for the tasks of bootstrap.sh, which works the same without make: `sh bootstrap.sh site`.
TASKS = site test serve check bench format schemas lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

site:     ## build the handbook into site/ and say where to open it
test:     ## everything: lint, types, all tests, browser tests included
serve:    ## show the handbook at a local address and rebuild it on every edit
check:    ## lint, format and types only
bench:    ## how well the search finds, and how long each stage takes
format:   ## put the code into the common format
schemas:  ## write the JSON Schemas anew from the model
lock:     ## remake requirements.lock (newest versions: sh bootstrap.sh lock --upgrade)
clean:    ## remove what was built and cached; .venv stays

$(TASKS):
	@sh bootstrap.sh $@

.PHONY: help $(TASKS)
