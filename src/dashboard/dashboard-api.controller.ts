import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../auth';
import { Describe, QueryPipe, SearchText } from '../web';
import { GLOSSARY } from './dashboard-counters';
import { DashboardFigures } from './dashboard-figures';

const DashboardQuery = z.object({ search: SearchText });
const numbers = Object.fromEntries(Object.entries(GLOSSARY).map(([key, text]) => [key, z.int().describe(text)]));
const texts = Object.fromEntries(Object.keys(GLOSSARY).map((key) => [key, z.string()]));
const DashboardAnswer = z.object({ ...numbers, glossary: z.object(texts) });

@Controller(['api/v2/dashboard', 'api/dashboard'])
export class DashboardApiController {
  constructor(private readonly figures: DashboardFigures) {}

  @Describe({ summary: "The dashboard's figures, and what they mean", answer: DashboardAnswer })
  @Allow('access_dashboard')
  @Get()
  async index(@Query(new QueryPipe(DashboardQuery)) { search }: z.output<typeof DashboardQuery>): Promise<object> {
    return { ...(await this.figures.of(search)), glossary: GLOSSARY };
  }
}
